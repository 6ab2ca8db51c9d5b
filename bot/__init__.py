"""Runs the thing: settings, database, servers, commands."""
