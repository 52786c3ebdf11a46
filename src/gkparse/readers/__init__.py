"""Readers: from a file of one kind to its blocks. Each imports its library when it is used."""
