"""Departments: the tree in which members work."""

from typing import Annotated

from ninja import Router, Schema, Status
from pydantic import Field

from tenure.api.asked import Body, Id, Text
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people import departments
from tenure.people.access import departments_for
from tenure.people.models import Access, Area, Department
from tenure.people.permissions import Permission

router = Router(tags=["Members"])
WRITES = (Area.MEMBERS, Access.WRITE, Permission.MANAGE_MEMBERS)
Name = Annotated[Text, Field(min_length=1, max_length=120)]
Above = Annotated[Id | None, Field(description="The department above it; null: none.")]


class DepartmentShown(Schema):
    """A part of the vendor's company; they form a tree."""

    id: int
    name: str
    parent_id: int | None


class DepartmentSent(Body):
    name: Name
    parent_id: Above = None


class DepartmentNamed(Body):
    name: Name


class DepartmentPlaced(Body):
    parent_id: Above


@router.get("/departments", response=list[DepartmentShown], summary="List departments")
@needs(Area.MEMBERS, Access.READ, Permission.SEE_MEMBERS)
def list_departments(request: ApiRequest) -> list[DepartmentShown]:
    """Those in use, by name."""
    return [_show(each) for each in departments_for(request.member).order_by("name", "pk")]


@router.post("/departments", response={201: DepartmentShown}, summary="Add a department")
@needs(*WRITES)
def create_department(request: ApiRequest, body: DepartmentSent) -> Status[DepartmentShown]:
    """At the top, or below another one."""
    return Status(201, _show(departments.add_department(body.name, _above(request, body.parent_id), request.member)))


@router.put("/departments/{id}/name", response=DepartmentShown, summary="Name a department")
@needs(*WRITES)
def rename_department(request: ApiRequest, id: Id, body: DepartmentNamed) -> DepartmentShown:
    """A name is there once below the same department."""
    department = department_of(request, id)
    departments.rename_department(department, body.name, request.member)
    return _show(department)


@router.put("/departments/{id}/parent", response=DepartmentShown, summary="Put a department under another one")
@needs(*WRITES)
def place_department(request: ApiRequest, id: Id, body: DepartmentPlaced) -> DepartmentShown:
    """With all below it; leaders above see what is theirs at once."""
    department = department_of(request, id)
    departments.move_department(department, _above(request, body.parent_id), request.member)
    return _show(department)


@router.put("/departments/{id}/archive", response={204: None}, summary="Archive a department")
@needs(*WRITES)
def archive_department(request: ApiRequest, id: Id) -> Status[None]:
    """An empty one: nobody works there, and no department is below it."""
    departments.archive_department(department_of(request, id), request.member)
    return Status(204, None)


def department_of(request: ApiRequest, key: int) -> Department:
    """The department in use, when the member may see it."""
    return one(departments_for(request.member).filter(pk=key))


def _above(request: ApiRequest, key: int | None) -> Department | None:
    return department_of(request, key) if key else None


def _show(department: Department) -> DepartmentShown:
    return DepartmentShown(id=department.pk, name=department.name, parent_id=department.parent_id)
