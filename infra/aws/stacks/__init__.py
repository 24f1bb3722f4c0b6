"""One module a stack; stacks are cut by how long what is in them lives."""
