"""Plans for tests and for looking at: a birth certificate, a restaurant, a food factory."""

from dataclasses import dataclass
from typing import cast

from desktop.ui.widgets.plan_layout import Kind, PlanEdge, PlanNode, PlanPicture, State, Style

KINDS: dict[str, Kind] = {
    "O": "outcome",
    "T": "task",
    "P": "paper",
    "Q": "question",
    "G": "gate",
    "H": "have",
}


@dataclass(frozen=True)
class _Line:
    """One line of the tables below: id, kind and state, names, what it waits on, and what it needs."""

    id: str
    code: str
    state: str
    zh: str
    en: str
    needs: str = ""
    strip: str = ""
    detail: str = ""


_STRIPS = {
    "市场监管局": "Market Regulation",
    "消防救援大队": "Fire and Rescue",
    "城市管理局": "City Management",
    "卫生健康局": "Health Commission",
    "公安局": "Public Security",
    "税务局": "Tax Service",
    "生态环境局": "Ecology and Environment",
    "自然资源局": "Natural Resources",
    "住建局": "Housing and Construction",
    "人社局": "Human Resources and Social Security",
    "供电公司": "Power Company",
    "水务局": "Water Authority",
}
_DETAILS = {
    "等申请人": "for the applicant",
    "等消防救援大队": "for Fire and Rescue",
    "11月23日 周一": "Mon 23 Nov",
    "11月27日 周五": "Fri 27 Nov",
    "12月4日 周五": "Fri 4 Dec",
    "86平方米": "86 square metres",
    "等现场核查": "for the site visit",
    "超2个工作日": "by 2 working days",
    "还有3个工作日": "3 working days left",
}

_SMALL = [
    _Line("id", "H", "done", "父母身份证", "Parents' identity cards"),
    _Line("birth", "P", "done", "出生医学证明", "Medical certificate of birth"),
    _Line("name", "Q", "asked", "孩子姓名", "The child's name"),
    _Line("reg*", "T", "waiting", "出生登记", "Birth registration", "id birth* name", "公安局", "等申请人"),
    _Line("book*", "O", "waiting", "户口簿", "Household register", "reg*", "", "11月23日 周一"),
]

_RESTAURANT = [
    _Line("lic", "H", "done", "营业执照", "Business licence"),
    _Line("idc", "H", "done", "负责人身份证", "Identity card of the person in charge"),
    _Line("area", "Q", "done", "经营面积", "Floor area", "", "", "86平方米"),
    _Line("gather", "Q", "asked", "是不是公众聚集场所", "Is it a place of public assembly", "area"),
    _Line("sign", "Q", "done", "要不要挂户外招牌", "Will there be a sign outside"),
    _Line("place", "P", "done", "场所合法使用证明", "Proof of lawful use of the premises"),
    _Line(
        "rules",
        "P",
        "ready",
        "食品安全自查、健康管理、进货查验等制度清单",
        "List of rules: food safety self-check, staff health, purchase checks",
    ),
    _Line("layout*", "P", "waiting", "设备布局和操作流程图", "Equipment layout and work flow", "", "", "等申请人"),
    _Line("floor", "P", "done", "场所平面布置图", "Floor plan of the premises"),
    _Line("drill", "P", "ready", "灭火和应急疏散预案", "Fire drill and evacuation plan"),
    _Line("health", "P", "overdue", "从业人员健康证明", "Health certificates of the staff", "", "", "超2个工作日"),
    _Line("check", "T", "done", "营业执照信息核验", "Check of the business licence", "lic idc", "市场监管局"),
    _Line(
        "food*",
        "T",
        "waiting",
        "食品经营许可新办",
        "New food business licence",
        "check place rules layout* health",
        "市场监管局",
        "等申请人",
    ),
    _Line("visit*", "G", "waiting", "联合现场核查", "Joint site visit", "food* fire", "", "11月23日 周一"),
    _Line(
        "fire",
        "T",
        "ready",
        "营业前消防安全检查",
        "Fire safety check before opening",
        "gather floor drill lic",
        "消防救援大队",
    ),
    _Line("ad", "T", "waiting", "户外招牌规范告知", "Rules for the sign outside", "sign lic", "城市管理局"),
    _Line("foodlic*", "O", "waiting", "食品经营许可证", "Food business licence", "visit*", "", "11月27日 周五"),
    _Line("fireok", "O", "waiting", "消防安全检查意见书", "Fire safety opinion", "visit promise~", "", ""),
    _Line("promise", "T", "waiting", "消防告知承诺", "Fire safety by commitment", "gather floor~", "消防救援大队"),
    _Line("adok", "O", "waiting", "户外招牌规范告知书", "Notice on the sign outside", "ad"),
    _Line("-small", "T", "not_needed", "食品小经营许可新办", "Small food business licence", "place~", "市场监管局"),
    _Line("-smalllic", "O", "not_needed", "食品小经营许可证", "Small food business licence", "-small~"),
    _Line("-tobacco", "T", "not_needed", "烟草专卖零售许可", "Tobacco retail licence", "lic~", "市场监管局"),
    _Line("-toblic", "O", "not_needed", "烟草专卖零售许可证", "Tobacco retail licence", "-tobacco~"),
    _Line("-bigad", "T", "not_needed", "大型户外广告审批", "Approval of a large advertisement", "sign~", "城市管理局"),
    _Line("-adpic", "P", "not_needed", "户外广告效果图", "Picture of the advertisement"),
]

_MATTERS = [
    ("setup", "市场监管局", "设立登记", "Company registration", "营业执照", "Business licence", "done", ""),
    ("seal", "公安局", "公章刻制备案", "Seal filing", "公章", "Company seal", "done", "setup"),
    ("tax", "税务局", "税务信息确认", "Tax confirmation", "税务登记", "Tax registration", "done", "setup seal"),
    ("staff", "人社局", "社会保险登记", "Social insurance", "参保登记", "Insurance registration", "done", "setup"),
    ("land", "自然资源局", "用地规划许可", "Land use permit", "用地许可证", "Land use permit", "done", "setup"),
    ("build", "住建局", "施工许可", "Construction permit", "施工许可证", "Construction permit", "waiting", "land"),
    ("env", "生态环境局", "环评审批", "Environmental approval", "环评批复", "Environmental approval", "ready", "land"),
    ("power", "供电公司", "用电报装", "Power connection", "供电合同", "Power contract", "waiting", "land build"),
    ("water", "水务局", "用水报装", "Water connection", "供水合同", "Water contract", "waiting", "land build"),
    ("fire", "消防救援大队", "消防验收", "Fire acceptance", "消防验收意见", "Fire opinion", "waiting", "build"),
    ("health", "卫生健康局", "健康检查", "Health checks", "健康证明", "Health certificates", "ready", "staff"),
    ("food", "市场监管局", "食品生产许可", "Food production", "食品生产许可证", "Food production licence", "waiting",
     "env fire power water health"),
]  # fmt: skip
_PAPERS = {
    "setup": [("公司章程", "Articles of association"), ("住所证明", "Proof of address"), ("身份证", "Identity cards")],
    "seal": [("刻章申请", "Seal application")],
    "tax": [("银行账户信息", "Bank account details"), ("办税人员信息", "Tax agent details")],
    "staff": [("职工名册", "Staff list"), ("劳动合同", "Employment contracts")],
    "land": [("不动产权证书", "Title deed"), ("宗地图", "Cadastral map"), ("选址意见", "Siting opinion")],
    "build": [("施工图审查合格书", "Approved drawings"), ("施工合同", "Contract"), ("监理合同", "Supervision")],
    "env": [("环境影响报告表", "Environmental report"), ("公众参与说明", "Public participation note")],
    "power": [("用电申请", "Power application"), ("设备清单", "Equipment list")],
    "water": [("用水申请", "Water application")],
    "fire": [("消防验收申请", "Fire application"), ("竣工图", "As-built drawings"), ("检测报告", "Test report")],
    "health": [("体检名单", "Check-up list")],
    "food": [("工艺流程图", "Process chart"), ("食品安全管理制度", "Food safety rules"), ("检验报告", "Test report")],
}  # fmt: skip


def _factory() -> list[_Line]:
    """Write out a food factory: twelve matters, their papers, questions and decisions."""
    lines = [
        _Line("who", "H", "done", "法定代表人身份证", "Identity card of the legal representative"),
        _Line("site", "Q", "done", "厂址在哪里", "Where is the site"),
        _Line("what", "Q", "done", "生产哪类食品", "Which foods will be made"),
        _Line("heads", "Q", "asked", "预计用工人数", "How many will work there"),
    ]
    asks = {"setup": "who what", "land": "site", "env": "what site", "health": "heads", "food": "what", "power": "site"}
    critical = {"land", "build", "fire", "food"}
    for code, dept, zh, en, got_zh, got_en, state, after in _MATTERS:
        star = "*" if code in critical else ""
        needs = [f"{a}.o{'*' if {a, code} <= critical else ''}" for a in after.split()] + asks.get(code, "").split()
        for i, (paper_zh, paper_en) in enumerate(_PAPERS[code]):
            have = "done" if state == "done" else ["ready", "waiting", "done"][i % 3]
            lines.append(_Line(f"{code}.p{i}", "P", have, paper_zh, paper_en, "", "", "等申请人" * (have == "waiting")))
            needs.append(f"{code}.p{i}")
        lines.append(_Line(f"{code}{star}", "T", state, zh, en, " ".join(needs), dept))
        before = code + star
        if code == "food":
            lines.append(_Line(f"{code}.g*", "G", "waiting", "现场核查", "Site visit", before, "", "11月23日 周一"))
            before = f"{code}.g*"
        due = {"food": "12月4日 周五", "fire": "11月27日 周五"}.get(code, "")
        lines.append(_Line(f"{code}.o{star}", "O", state, got_zh, got_en, before, "", due))
    return lines


def picture(name: str, language: str) -> PlanPicture:
    """Give one of the plans `small`, `restaurant`, `factory` in zh or en."""
    lines = {"small": _SMALL, "restaurant": _RESTAURANT, "factory": _factory()}[name]
    zh = language == "zh"
    nodes = [(line, _node(line, zh=zh)) for line in lines]
    states = {node.id: node.state for _, node in nodes}
    edges = tuple(_edge(line, need, states) for line in lines for need in line.needs.split())
    return PlanPicture(
        tuple(node for line, node in nodes if not line.id.startswith("-")),
        edges,
        tuple(node for line, node in nodes if line.id.startswith("-")),
    )


def _node(line: _Line, *, zh: bool) -> PlanNode:
    return PlanNode(
        id=line.id.rstrip("*"),
        kind=KINDS[line.code],
        label=line.zh if zh else line.en,
        state=cast("State", line.state),
        strip=line.strip if zh or not line.strip else _STRIPS[line.strip],
        detail=line.detail if zh or not line.detail else _DETAILS[line.detail],
        critical=line.id.endswith("*"),
    )


def _edge(line: _Line, need: str, states: dict[str, State]) -> PlanEdge:
    source = need.rstrip("*~")
    style: Style = "not_taken" if need.endswith("~") else "holds" if states[source] == "done" else "missing"
    return PlanEdge(source, line.id.rstrip("*"), style, critical=need.endswith("*") and line.id.endswith("*"))
