"""The pages that gather several features: start, the list of cases, the case itself. Has no tables."""
