"""The same case page over plain columns, without door, locks and trail: what sealing is measured against."""
