"""The API's reference as a page, made from its own OpenAPI document: nothing comes from outside."""
