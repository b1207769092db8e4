"""Municipality, authorities and organisations: who may hold and receive information. Knows no person and no case."""
