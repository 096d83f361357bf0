"""The steps from one version of the schema to the next. One that was released is never changed."""
