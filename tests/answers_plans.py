"""Expected rows of the named queries: encounters, plans, bodies, evidence and contradictions."""

CASES: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "who-met-whom",
        {"person": "何远山"},
        [
            "何远山|林秋实|1|2023-08-28|2023-08-28",
            "何远山|沈知白|1|2023-08-28|2023-08-28",
            "何远山|顾南星|1|2024-03-01|2024-03-01",
        ],
    ),
    (
        "who-met-whom",
        {"person": "何远山", "other": "沈知白"},
        [
            "何远山|沈知白|1|2023-08-28|2023-08-28",
        ],
    ),
    ("pairs", {}, []),
    (
        "pairs",
        {"least": "1"},
        [
            "何远山|林秋实|1|1",
            "何远山|沈知白|1|1",
            "何远山|顾南星|1|1",
            "沈知白|林秋实|1|1",
        ],
    ),
    (
        "busiest-people",
        {},
        [
            "何远山|浙江省杭州市|2|1|0",
            "林秋实|江苏省|1|1|0",
            "林秋实|浙江省杭州市|1|1|1",
            "沈知白|浙江省杭州市|1|0|0",
            "顾南星|浙江省杭州市|1|0|0",
        ],
    ),
    (
        "visits",
        {},
        [
            "2024-03-01|座谈会|顾南星|何远山|a3",
        ],
    ),
    (
        "school-and-company-people",
        {},
        [
            "2023-08-28|全区教育工作会议|沈知白|校长|晴川中学|school|attendee|a1",
        ],
    ),
    (
        "plans-register",
        {},
        [
            "河道整治三年行动计划|2023|2026|X区教育局;X区人民政府|2023-08-28|2",
        ],
    ),
    (
        "plans-in-force",
        {"day": "2024-06-01"},
        [
            "2024-06-01|河道整治三年行动计划|2023|2025|林秋实|全区教育工作会议|a1",
            "2024-06-01|河道整治三年行动计划||2026|何远山|全区教育工作会议|a2",
        ],
    ),
    (
        "plans-in-force",
        {"day": "2026-06-01"},
        [
            "2026-06-01|河道整治三年行动计划||2026|何远山|全区教育工作会议|a2",
        ],
    ),
    (
        "plans-in-force",
        {"day": "2022-06-01"},
        [
            "2022-06-01|河道整治三年行动计划||2026|何远山|全区教育工作会议|a2",
        ],
    ),
    (
        "plan-history",
        {},
        [
            "河道整治三年行动计划|2023-08-28|released|全区教育工作会议|林秋实|a1",
            "河道整治三年行动计划|2023-08-28|interpreted|全区教育工作会议|何远山|a2",
        ],
    ),
    ("plan-history", {"plan": "无"}, []),
    (
        "plan-contents",
        {},
        [
            "|goal|两个目标|2||a4",
            "河道整治三年行动计划|action|两大行动|2||a1",
            "河道整治三年行动计划|action|清淤行动||两大行动|a1",
            "河道整治三年行动计划|action|护岸行动||两大行动|a1",
            "河道整治三年行动计划|task|12项任务|12||a1",
        ],
    ),
    (
        "plan-contents",
        {"plan": "河道整治三年行动计划"},
        [
            "河道整治三年行动计划|action|两大行动|2||a1",
            "河道整治三年行动计划|action|清淤行动||两大行动|a1",
            "河道整治三年行动计划|action|护岸行动||两大行动|a1",
            "河道整治三年行动计划|task|12项任务|12||a1",
        ],
    ),
    ("plan-contents", {"plan": "无"}, []),
    (
        "documents-by-issuer",
        {},
        [
            "X区人民政府|河道整治三年行动计划|released|2023-08-28|a1",
            "X区教育局|河道整治三年行动计划|released|2023-08-28|a1",
        ],
    ),
    (
        "documents-by-issuer",
        {"issuer": "X区教育局"},
        [
            "X区教育局|河道整治三年行动计划|released|2023-08-28|a1",
        ],
    ),
    (
        "bodies-in-division",
        {"division": "浙江省"},
        [
            "浙江省|X区|county|X区人民政府|administrative-organ|4",
            "浙江省|X区|county|X区教育局|administrative-organ|1",
            "浙江省|X区|county|中共X区委教育工作领导小组|coordinating-body|1",
            "浙江省|X区|county|中共X区委员会|party-organ|1",
        ],
    ),
    (
        "bodies-by-code",
        {"prefix": "3301"},
        [
            "3301|330106|X区|X区人民政府|administrative-organ",
            "3301|330106|X区|X区教育局|administrative-organ",
            "3301|330106|X区|中共X区委教育工作领导小组|coordinating-body",
            "3301|330106|X区|中共X区委员会|party-organ",
        ],
    ),
    (
        "subordinate-bodies",
        {"body": "X区人民政府"},
        [
            "X区人民政府|X区教育局",
        ],
    ),
    (
        "division-coverage",
        {},
        [
            "江苏省|320000|province|1|1|1",
            "X区|330106|county|4|4|2",
        ],
    ),
    (
        "support",
        {"person": "林秋实", "post": "区长"},
        [
            "林秋实|区长|X区人民政府|a1|2023-08-28|current|区长林秋实|38|43",
            "林秋实|区长|X区人民政府|a2|2023-08-28|current|区长林秋实|19|24",
            "林秋实|区长|X区人民政府|a3|2024-03-01|former|原区长林秋实|13|19",
        ],
    ),
    (
        "evidence-of-article",
        {"article": "a5"},
        [
            "a5|Article|简讯|first-line|简讯|0|2",
            "a5|Body|X区人民政府|body|简讯↵区|0|4",
            "a5|Tenure|顾南星 X区人民政府区长|title-run|区长顾南星|3|8",
            "a5|Person|顾南星|name|顾南星|5|8",
        ],
    ),
    (
        "evidence-of-article",
        {"article": "a2"},
        [
            "a2|Article|解读行动计划|first-line|解读行动计划|0|6",
            "a2|Body|X区人民政府|body|解读行动|0|4",
            "a2|OfficialActivity|全区教育工作会议|meeting-name|全区教育工作会议|9|17",
            "a2|Tenure|林秋实 X区人民政府区长|title-run|区长林秋实|19|24",
            "a2|Participation|林秋实 chair 全区教育工作会议|test|林秋实|21|24",
            "a2|Participation|林秋实 speaker 全区教育工作会议|test|林秋实|21|24",
            "a2|Person|林秋实|name|林秋实|21|24",
            "a2|Participation|何远山 presenter 全区教育工作会议|test|何远山|30|33",
            "a2|Person|何远山|name|何远山|30|33",
            "a2|DocumentEvent|interpreted 河道整治三年行动计划|book-title|河道整治三年行动计划|35|45",
        ],
    ),
    (
        "double-holders",
        {},
        [
            "X区人民政府|区长|2023-08-28|2|顾南星;林秋实|a5;a1;a2",
        ],
    ),
    (
        "namesakes",
        {},
        [
            "林秋实|2|江苏省;浙江省杭州市",
        ],
    ),
    (
        "unresolved-bodies",
        {},
        [
            "晴川中学|school|1",
            "省督导办|other|1",
        ],
    ),
    (
        "sources",
        {},
        [
            "晨报|2|2023-08-28|2024-03-02",
            "湖畔日报|2|2023-08-29|2023-08-30",
        ],
    ),
    (
        "rules",
        {},
        [
            "name|Person|10|5",
            "test|Participation|9|4",
            "title-run|Tenure|9|5",
            "body|Body|8|5",
            "first-line|Article|5|5",
            "meeting-name|OfficialActivity|4|4",
            "book-title|DocumentEvent|2|2",
            "book-title|Body|1|1",
        ],
    ),
]
