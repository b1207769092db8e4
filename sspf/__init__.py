"""SSPF: school, social services, police and leisure around a young person, on the family's terms."""
