"""What a hall keeps: people, requests, facts, papers, the log, accounts and the calendar."""

import sqlalchemy as sa
from alembic import op

import db.base
from db.search import create_search, drop_search

revision = "0001"
down_revision = None
minimum_seat = 1
"""The oldest form a seat must know to go on working with this one (expand first, contract later)."""


def upgrade() -> None:
    _make_event()
    _make_hall()
    _make_calendar_day()
    _make_calendar_year()
    _make_department()
    _make_number_series()
    _make_subject()
    _make_account()
    _make_service_counter()
    _make_former_name()
    _make_identifier()
    _make_draft()
    _make_request()
    _make_signing()
    _make_unmet_need()
    _make_fact()
    _make_letter()
    _make_paper()
    _make_request_role()
    _make_task()
    _make_attachment()
    _make_attachment_chunk()
    create_search(op)


def downgrade() -> None:
    drop_search(op)
    for table in (
        "attachment_chunk",
        "attachment",
        "task",
        "request_role",
        "paper",
        "letter",
        "fact",
        "unmet_need",
        "signing",
        "request",
        "draft",
        "identifier",
        "former_name",
        "service_counter",
        "account",
        "subject",
        "number_series",
        "department",
        "calendar_year",
        "calendar_day",
        "hall",
        "event",
    ):
        op.drop_table(table)


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("seq", db.base.INTEGER_TYPE, sa.Identity(always=False), nullable=False),
        sa.Column("op", db.base.Identifier(), nullable=False),
        sa.Column("ordinal", db.base.INTEGER_TYPE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("request_id", db.base.Identifier(), nullable=True),
        sa.Column("subject_id", db.base.Identifier(), nullable=True),
        sa.Column("task_id", db.base.Identifier(), nullable=True),
        sa.Column("actor_id", db.base.Identifier(), nullable=True),
        sa.Column("seat", sa.Text(), nullable=True),
        sa.Column("legal_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("data", db.base.JSON_TYPE, nullable=True),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_event")),
        sa.UniqueConstraint("hall_id", "op", "kind", "ordinal", name=op.f("uq_event_hall_id_op_kind_ordinal")),
        sa.UniqueConstraint("hall_id", "seq", name=op.f("uq_event_hall_id_seq")),
    )
    op.create_index(op.f("ix_event_hall_id_recorded_at"), "event", ["hall_id", "recorded_at"])
    op.create_index(op.f("ix_event_hall_id_request_id_seq"), "event", ["hall_id", "request_id", "seq"])
    op.create_index(op.f("ix_event_hall_id_subject_id_seq"), "event", ["hall_id", "subject_id", "seq"])


def _make_hall() -> None:
    op.create_table(
        "hall",
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("settings", db.base.JSON_TYPE, nullable=False),
        sa.Column("founded_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
    )


def _make_calendar_day() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_calendar_day_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("hall_id", "day", name=op.f("uq_calendar_day_hall_id_day")),
    )


def _make_calendar_year() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("year", db.base.INTEGER_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_calendar_year_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_calendar_year")),
        sa.UniqueConstraint("hall_id", "year", name=op.f("uq_calendar_year_hall_id_year")),
    )


def _make_department() -> None:
    op.create_table(
        "department",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_department_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_department")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_department_hall_id_code")),
    )


def _make_number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", db.base.INTEGER_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_number_series_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "kind", "day", name=op.f("pk_number_series")),
    )


def _make_subject() -> None:
    op.create_table(
        "subject",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth", sa.Date(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("no_identifier", sa.Text(), nullable=True),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column("details", db.base.JSON_TYPE, nullable=True),
        sa.Column("merged_into", db.base.Identifier(), nullable=True),
        sa.Column("created_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", db.base.Identifier(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "merged_into"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_subject_hall_id_merged_into_subject"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_subject_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_subject")),
    )
    op.create_index(op.f("ix_subject_hall_id_merged_into"), "subject", ["hall_id", "merged_into"])


def _make_account() -> None:
    op.create_table(
        "account",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("password_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("roles", db.base.JSON_TYPE, nullable=False),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("approver", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("failed", db.base.INTEGER_TYPE, nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("locked_until", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "department"],
            ["department.hall_id", "department.code"],
            name=op.f("fk_account_hall_id_department_department"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_account_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("hall_id", "login", name=op.f("uq_account_hall_id_login")),
    )


def _make_service_counter() -> None:
    op.create_table(
        "service_counter",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "department"],
            ["department.hall_id", "department.code"],
            name=op.f("fk_service_counter_hall_id_department_department"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_service_counter_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_service_counter")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_service_counter_hall_id_code")),
    )


def _make_former_name() -> None:
    op.create_table(
        "former_name",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("subject_id", db.base.Identifier(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("added_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "subject_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_former_name_hall_id_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_former_name")),
    )
    op.create_index(op.f("ix_former_name_hall_id_subject_id"), "former_name", ["hall_id", "subject_id"])


def _make_identifier() -> None:
    op.create_table(
        "identifier",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("subject_id", db.base.Identifier(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("warnings", db.base.JSON_TYPE, nullable=False),
        sa.Column("added_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "subject_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_identifier_hall_id_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_identifier")),
        sa.UniqueConstraint("hall_id", "token", name=op.f("uq_identifier_hall_id_token")),
    )
    op.create_index(op.f("ix_identifier_hall_id_subject_id"), "identifier", ["hall_id", "subject_id"])


def _make_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("account_id", db.base.Identifier(), nullable=False),
        sa.Column("form", db.base.JSON_TYPE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.Column("updated_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "account_id"],
            ["account.hall_id", "account.id"],
            name=op.f("fk_draft_hall_id_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_hall_id_account_id_updated_at"), "draft", ["hall_id", "account_id", "updated_at"])


def _make_request() -> None:
    op.create_table(
        "request",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=True),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.Column("opened_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_by", db.base.Identifier(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("applicant_id", db.base.Identifier(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("closed_at", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("next_actor", sa.Text(), nullable=True),
        sa.Column("visit_id", db.base.Identifier(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "applicant_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_request_hall_id_applicant_id_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "opened_by"],
            ["account.hall_id", "account.id"],
            name=op.f("fk_request_hall_id_opened_by_account"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_request_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_request")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_request_hall_id_number")),
    )
    op.create_index(op.f("ix_request_hall_id_applicant_id"), "request", ["hall_id", "applicant_id"])
    op.create_index(op.f("ix_request_hall_id_opened_at"), "request", ["hall_id", "opened_at"])
    op.create_index(op.f("ix_request_hall_id_status_next_due"), "request", ["hall_id", "status", "next_due"])


def _make_signing() -> None:
    op.create_table(
        "signing",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("account_id", db.base.Identifier(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=True),
        sa.Column("counter", sa.Text(), nullable=True),
        sa.Column("began", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "account_id"],
            ["account.hall_id", "account.id"],
            name=op.f("fk_signing_hall_id_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_signing")),
    )
    op.create_index(op.f("ix_signing_hall_id_account_id_began"), "signing", ["hall_id", "account_id", "began"])


def _make_unmet_need() -> None:
    op.create_table(
        "unmet_need",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("subject_id", db.base.Identifier(), nullable=True),
        sa.Column("owner_id", db.base.Identifier(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("recorded_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", db.base.Identifier(), nullable=True),
        sa.Column("answered_at", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "owner_id"],
            ["account.hall_id", "account.id"],
            name=op.f("fk_unmet_need_hall_id_owner_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "subject_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_unmet_need_hall_id_subject_id_subject"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_unmet_need_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_unmet_need")),
    )
    op.create_index(
        op.f("ix_unmet_need_hall_id_answered_at_recorded_at"), "unmet_need", ["hall_id", "answered_at", "recorded_at"]
    )


def _make_fact() -> None:
    op.create_table(
        "fact",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("subject_id", db.base.Identifier(), nullable=True),
        sa.Column("request_id", db.base.Identifier(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", db.base.JSON_TYPE, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("legal_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("replaces", db.base.Identifier(), nullable=True),
        sa.Column("evidence", db.base.JSON_TYPE, nullable=True),
        sa.Column("event_id", db.base.Identifier(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "event_id"], ["event.hall_id", "event.id"], name=op.f("fk_fact_hall_id_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "replaces"], ["fact.hall_id", "fact.id"], name=op.f("fk_fact_hall_id_replaces_fact")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "request_id"],
            ["request.hall_id", "request.id"],
            name=op.f("fk_fact_hall_id_request_id_request"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "subject_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_fact_hall_id_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_fact")),
    )
    op.create_index(op.f("ix_fact_hall_id_request_id"), "fact", ["hall_id", "request_id"])
    op.create_index(op.f("ix_fact_hall_id_subject_id_code"), "fact", ["hall_id", "subject_id", "code"])


def _make_letter() -> None:
    op.create_table(
        "letter",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("request_id", db.base.Identifier(), nullable=True),
        sa.Column("task_id", db.base.Identifier(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", db.base.JSON_TYPE, nullable=False),
        sa.Column("made_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("event_id", db.base.Identifier(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "event_id"], ["event.hall_id", "event.id"], name=op.f("fk_letter_hall_id_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "request_id"],
            ["request.hall_id", "request.id"],
            name=op.f("fk_letter_hall_id_request_id_request"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_letter")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_letter_hall_id_number")),
    )
    op.create_index(op.f("ix_letter_hall_id_request_id"), "letter", ["hall_id", "request_id"])


def _make_paper() -> None:
    op.create_table(
        "paper",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("subject_id", db.base.Identifier(), nullable=True),
        sa.Column("request_id", db.base.Identifier(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("received_at", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("promise_due", sa.Date(), nullable=True),
        sa.Column("replaces", db.base.Identifier(), nullable=True),
        sa.Column("event_id", db.base.Identifier(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "event_id"], ["event.hall_id", "event.id"], name=op.f("fk_paper_hall_id_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "replaces"], ["paper.hall_id", "paper.id"], name=op.f("fk_paper_hall_id_replaces_paper")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "request_id"],
            ["request.hall_id", "request.id"],
            name=op.f("fk_paper_hall_id_request_id_request"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "subject_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_paper_hall_id_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_hall_id_request_id"), "paper", ["hall_id", "request_id"])
    op.create_index(op.f("ix_paper_hall_id_subject_id_code"), "paper", ["hall_id", "subject_id", "code"])


def _make_request_role() -> None:
    op.create_table(
        "request_role",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("request_id", db.base.Identifier(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject_id", db.base.Identifier(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "request_id"],
            ["request.hall_id", "request.id"],
            name=op.f("fk_request_role_hall_id_request_id_request"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "subject_id"],
            ["subject.hall_id", "subject.id"],
            name=op.f("fk_request_role_hall_id_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_request_role")),
        sa.UniqueConstraint(
            "hall_id",
            "request_id",
            "role",
            "subject_id",
            name=op.f("uq_request_role_hall_id_request_id_role_subject_id"),
        ),
    )
    op.create_index(op.f("ix_request_role_hall_id_subject_id"), "request_role", ["hall_id", "subject_id"])


def _make_task() -> None:
    op.create_table(
        "task",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("request_id", db.base.Identifier(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("round", db.base.INTEGER_TYPE, nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("readiness", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("assignee_id", db.base.Identifier(), nullable=True),
        sa.Column("since", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("statutory_due", sa.Date(), nullable=True),
        sa.Column("waiting_on", db.base.JSON_TYPE, nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "assignee_id"],
            ["account.hall_id", "account.id"],
            name=op.f("fk_task_hall_id_assignee_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "request_id"],
            ["request.hall_id", "request.id"],
            name=op.f("fk_task_hall_id_request_id_request"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "hall_id",
            "request_id",
            "item",
            "subject",
            "round",
            name=op.f("uq_task_hall_id_request_id_item_subject_round"),
        ),
    )
    op.create_index(op.f("ix_task_hall_id_assignee_id_readiness"), "task", ["hall_id", "assignee_id", "readiness"])
    op.create_index(
        op.f("ix_task_hall_id_department_readiness_due"), "task", ["hall_id", "department", "readiness", "due"]
    )


def _make_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("paper_id", db.base.Identifier(), nullable=True),
        sa.Column("request_id", db.base.Identifier(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("size", db.base.INTEGER_TYPE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("added_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "paper_id"], ["paper.hall_id", "paper.id"], name=op.f("fk_attachment_hall_id_paper_id_paper")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "request_id"],
            ["request.hall_id", "request.id"],
            name=op.f("fk_attachment_hall_id_request_id_request"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_hall_id_digest"), "attachment", ["hall_id", "digest"])
    op.create_index(op.f("ix_attachment_hall_id_paper_id"), "attachment", ["hall_id", "paper_id"])
    op.create_index(op.f("ix_attachment_hall_id_request_id"), "attachment", ["hall_id", "request_id"])


def _make_attachment_chunk() -> None:
    op.create_table(
        "attachment_chunk",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("attachment_id", db.base.Identifier(), nullable=False),
        sa.Column("no", db.base.INTEGER_TYPE, autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "attachment_id"],
            ["attachment.hall_id", "attachment.id"],
            name=op.f("fk_attachment_chunk_hall_id_attachment_id_attachment"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "attachment_id", "no", name=op.f("pk_attachment_chunk")),
    )
