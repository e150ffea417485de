"""The editor of an action's code: a view that shows what it is given and tells what was typed."""
