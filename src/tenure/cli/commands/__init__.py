"""Every command, by name."""

from tenure.cli.command import Command
from tenure.cli.commands import (
    contacts,
    data,
    export,
    facts,
    members,
    privacy,
    reading,
    running,
    segment,
    sync,
    tags,
    tiers,
    tokens,
    upkeep,
    users,
    views,
)

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        *running.COMMANDS,
        *data.COMMANDS,
        *reading.COMMANDS,
        *facts.COMMANDS,
        *segment.COMMANDS,
        *tags.COMMANDS,
        *tiers.COMMANDS,
        *views.COMMANDS,
        *export.COMMANDS,
        *users.COMMANDS,
        *members.COMMANDS,
        *tokens.COMMANDS,
        *sync.COMMANDS,
        *upkeep.COMMANDS,
        *contacts.COMMANDS,
        *privacy.COMMANDS,
    )
}
