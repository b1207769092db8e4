"""No page asks the database more the more it shows. Locks, settings and the trail's own writing are counted too."""
