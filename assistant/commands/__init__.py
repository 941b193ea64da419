"""What each command of `prior-art` does: call the library, print the result."""
