"""A local Slack in the browser, driving the real bot."""
