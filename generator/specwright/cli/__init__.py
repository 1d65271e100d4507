"""The command line: arguments in, results and exit codes out."""
