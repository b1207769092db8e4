"""What a case is called aloud: trees, flowers, birds and stones, so that no name is said in a room."""

import random
from collections.abc import Container

WORDS = (
    *("Alen", "Almen", "Asken", "Aspen", "Björken", "Boken", "Eken", "Enen", "Granen", "Hasseln"),
    *("Häggen", "Idegranen", "Kastanjen", "Körsbäret", "Linden", "Lärken", "Lönnen", "Olvonet", "Oxeln", "Pilen"),
    *("Poppeln", "Rönnen", "Salixen", "Slånet", "Syrenen", "Sälgen", "Tallen", "Apeln", "Fläder", "Hagtornen"),
    *("Anemonen", "Blåklinten", "Blåsippan", "Förgätmigejen", "Gullvivan", "Humlen", "Kornet", "Klövern"),
    *("Linnean", "Ljungen", "Malvan", "Nyponet", "Prästkragen", "Ringblomman", "Smörbollen", "Solrosen"),
    *("Styvmorsviolen", "Svärdsliljan", "Timjan", "Tussilagon", "Vallmon", "Vitsippan", "Åkerbäret"),
    *("Blåmesen", "Bofinken", "Domherren", "Gulsparven", "Göken", "Koltrasten", "Ladusvalan", "Näktergalen"),
    *("Rödhaken", "Siskan", "Steglitsen", "Storken", "Svanen", "Sädesärlan", "Taltrasten", "Tranan", "Ugglan"),
    *("Bärnstenen", "Flintan", "Graniten", "Kalkstenen", "Kvartsen", "Marmorn", "Skiffern", "Täljstenen"),
    *("Backen", "Bäcken", "Dalen", "Fjärden", "Havsviken", "Holmen", "Källan", "Sjön", "Skäret", "Udden", "Ängen"),
)

_choice = random.SystemRandom()


def pick(taken: Container[str]) -> str:
    """A word no open case has; when all are taken, a word with a number."""
    free = [word for word in WORDS if word not in taken]
    if free:
        return _choice.choice(free)
    number = 2
    while True:
        free = [f"{word} {number}" for word in WORDS if f"{word} {number}" not in taken]
        if free:
            return _choice.choice(free)
        number += 1
