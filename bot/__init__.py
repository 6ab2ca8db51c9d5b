"""Runs the thing: settings, database, servers, commands."""

VERSION = "0.1.0"
