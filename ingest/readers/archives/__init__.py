"""Archives, with limits against bombs."""
