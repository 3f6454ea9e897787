"""A center's database as an older center left it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import center


def put_back_to(revision: str, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(center.__file__).parent / "migrations"))
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
