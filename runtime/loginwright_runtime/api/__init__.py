"""The post-login api: one method table, its arguments, and the calls actions make."""
