"""What is kept between runs: the articles as they came, what each yields, and which articles make up the corpus."""
