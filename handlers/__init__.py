"""Speaks Slack: requests in, Block Kit out. Knows no SQL and fetches nothing."""
