"""Förbehåll for private bodies, which stand under no secrecy of their own when they are told something."""

PROVISION = "Offentlighets- och sekretesslagen (2009:400) 10 kap. 14 § och 12 kap. 2 §"

# Kept with the case in the words it was given; the municipality's lawyer decides on others.
WORDING = (
    "Det ni får veta i ärendet får ni bara använda för att hjälpa den unge på det sätt som familjen har sagt ja till. "
    "Ni får inte berätta det för någon som inte är namngiven i ärendet, och inte heller skriva upp eller spara det. "
    "Förbehållet gäller också när ärendet är avslutat. Den som bryter mot det kan dömas för brott mot tystnadsplikt."
)
