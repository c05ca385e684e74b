"""What quotes, roles and events share: masked text, and who a pronoun or a description stands for."""
