"""Documents and what can be read in them; knows nothing of Slack."""
