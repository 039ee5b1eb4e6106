"""The only place with SQL: tables, migrations, repositories, the unit of work."""
