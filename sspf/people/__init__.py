"""Young people and their guardians. Reached through a case only: no routes and no list of persons."""
