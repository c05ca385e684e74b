"""Tables → pages and plots."""
