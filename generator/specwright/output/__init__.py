"""From texts by path to files on a disk: names checked, changes planned, written as a whole."""
