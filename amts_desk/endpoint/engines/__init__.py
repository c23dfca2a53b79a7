"""Translation engines of the local endpoint."""
