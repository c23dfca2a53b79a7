"""The folder that joins moto: `register` appends it to moto's own path, so that moto finds `translate` in it.

`translate/` has the layout that moto gives every service and could move into moto's tree as it stands.
"""
