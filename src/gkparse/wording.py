"""The wording of the narrative: how prose states what a cell states, and what makes that doubtful.

Patterns are held against text that is folded sign by sign: Simplified, half-width, without blanks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from gkparse.numerals import NUMERALS

__all__ = [
    "BEFORE",
    "BODIES",
    "CARRIED_IN",
    "CAUSED",
    "CELLS",
    "CHANNEL",
    "CITED",
    "CLAUSE",
    "COMPARED",
    "COUNT",
    "COUNTED",
    "DECISIONS",
    "DISPUTED",
    "DISPUTES",
    "EVERY_CHANNEL",
    "FORMS",
    "FURTHER",
    "HEADING",
    "INSTANCE",
    "JOINED",
    "KINDS_OF_DECISION",
    "KINDS_OF_MEASURE",
    "LOOSE_UNITS",
    "NEW_LINE",
    "OF_OTHERS",
    "OF_REQUESTS",
    "OF_THESE",
    "OPENING",
    "OTHERWISE",
    "OTHER_BODY",
    "OTHER_MATTER",
    "OTHER_TIME",
    "OUTCOMES",
    "PAPERS",
    "PART",
    "PARTS",
    "PASSED_ON",
    "PLAIN",
    "PUBLISHED",
    "REFUSED",
    "REMAINDER",
    "REQUESTS",
    "REVIEWED",
    "REVIEWER",
    "RUNNING",
    "SPARED",
    "SPLIT",
    "STAGE",
    "STOP",
    "SUBJECT",
    "SUBJECT_BEFORE",
    "SUBTOTAL",
    "TAKEN",
    "TIMELY",
    "UNENDED",
    "VERB",
    "WHOLE_AREA",
    "WHOLE_YEAR",
    "WITHIN",
    "YEAR",
    "Form",
    "folded",
]

# ---------------------------------------------------------------- what the prose may state

_ROWS = "requests.outcomes"
_LITIGATION = ("disputes.litigation_direct.total", "disputes.litigation_after_reconsideration.total")
_PERSONS = ("commercial_enterprise", "research_institution", "public_welfare_organization",
            "legal_service_organization", "other")

# The cells of each topic; a path that ends with a dot stands for every row below it.
CELLS: dict[str, tuple[str, ...]] = {
    "received": ("requests.received.total",),
    "natural_person": ("requests.received.natural_person",),
    "legal_person": tuple(f"requests.received.{column}" for column in _PERSONS),
    "carried_over": ("requests.carried_over.total",),
    "carried_forward": ("requests.carried_forward.total",),
    "handled": (f"{_ROWS}.total.total",),
    "granted": (f"{_ROWS}.granted.total",),
    "partially_granted": (f"{_ROWS}.partially_granted.total",),
    "disclosed": (f"{_ROWS}.granted.total", f"{_ROWS}.partially_granted.total"),
    **{name: (f"{_ROWS}.{name}.",)
       for name in ("denied", "unavailable", "not_processed", "other_handling")},
    **{name: (f"proactive.{name}.decisions",)
       for name in ("licensing", "penalties", "compulsory_measures")},
    **{f"{kind}.{name}": (f"proactive.{kind}.{name}",)
       for kind in ("rules", "normative_documents")
       for name in ("issued", "repealed", "in_force", "produced")},
    "fees": ("proactive.fees.amount",),
    "reconsideration": ("disputes.reconsideration.total",),
    "litigation": _LITIGATION,
    "disputes": ("disputes.reconsideration.total", *_LITIGATION),
}
# Sums that the words for a topic may also mean: a number that is one of them is no contradiction.
OTHERWISE: dict[str, tuple[tuple[str, ...], ...]] = {
    "received": (("received", "carried_over"), ("handled",)),
    "natural_person": (("requests.received.natural_person", "requests.carried_over.natural_person"),),
    "legal_person": (("legal_person", *(f"requests.carried_over.{column}" for column in _PERSONS)),),
    "handled": (("received",), ("received", "carried_over"), ("granted", "partially_granted"),
                ("granted", "partially_granted", "denied"),
                ("granted", "partially_granted", "denied", "unavailable"),
                ("granted", "partially_granted", "denied", "unavailable", "not_processed")),
    "granted": (("granted", "partially_granted"),),
    "denied": (("denied", "not_processed"),),
    "unavailable": (("unavailable", "not_processed"),),
}
REQUESTS = frozenset({"received", "handled"})
PARTS = frozenset({"natural_person", "legal_person", "granted", "partially_granted", "disclosed",
                    "denied", "unavailable", "not_processed", "other_handling"})
OUTCOMES = PARTS - {"natural_person", "legal_person"} | {"handled"}
DISPUTES = frozenset({"reconsideration", "litigation", "disputes"})
DECISIONS = frozenset({"licensing", "penalties", "compulsory_measures"})

# ---------------------------------------------------------------- the words, in Simplified script

_WORDS = {
    "is": r"(?:,(?=[共总合为]))?(?:情况|数量|总数|总量|件数|案件|申请|总计|共计|合计|共有|达到"
          r"|[共计有为是达均各的了数量:]){0,5}+",
    "n": rf"(?P<about>约|近|超过?|逾|不到|不足|大约|将近|至少|最多|上)?"
         rf"(?P<n>\d{{1,3}}(?:,\d{{3}}){{1,3}}+(?!\d)|\d{{1,12}}(?:\.\d{{1,6}})?(?![\d.,]\d)|[{NUMERALS}]{{1,16}})"
         r"(?P<many>[余多几来数]|[万亿])?[余多]?"
         r"(?P<unit>人次|件次|[件宗起例份条个笔单次项封批])?(?P<more>余|多|以上|左右|以内)?",
    "money": r"(?P<about>约|近|超过?|逾|不到|不足|大约|将近|至少|最多)?"
             r"(?P<n>\d{1,3}(?:,\d{3}){1,3}+(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)"
             r"(?P<many>[余多几])?(?P<unit>[万亿]?元)(?P<more>余|以上|左右|以内)?",
    "nought": r"(?P<n>[0零〇]|无)(?P<unit>[件宗起例个])?(?=[,。;、)\n]|\Z)",
    "no": r"(?:未|没有|没|暂无|无|不存在)",
    "end": r"(?:的?(?:情况|情形|事项|案件|现象|问题|件))?(?=[,。;、:()\n]|\Z)",
    "get": r"(?:新收到?|共收到?|收到|接收到?|接到|登记受理|登记|受理)(?:[并和及、]?(?:受理|办理|答复|处理|办结))?+",
    "kind": r"(?:公民[、,]?法人(?:和|或|及|或者|以及)其[他它]组织|社会公众|公众|群众|社会|申请人|来自"
            r"|提出|提交|递交|[的过到了]|各类|任何形式|任何|书面){0,8}+",
    "request": r"(?:(?:政府|政务)?(?:信息|资讯)(?:依申请)?公开的?(?:书面)?申请|(?:政府信息)?依申请(?:政府|政务)?(?:信息)?公开"
               r"(?:政府|政务)?(?:信息)?的?(?:申请)?|(?:政府|政务)(?:信息|资讯)申请公开"
               r"|(?:主动)?(?:要求|申请)公开(?:政府|政务)?(?:信息|资讯)的?(?:申请)?|公开申请)"
               r"(?:书|件|事项)?(?!人|表|单位|条件|渠道)",
    "done": r"(?:政府信息公开)?(?:的?(?:答复|决定|处理|申请|信息|政府信息))?的?",
    "next": r"(?:下(?:一)?年度?|次年度?|明年|(?P<to>\d{4})年度?)",
    "on": r"(?:继续|办理|答复|处理|完成|的){0,4}+",
    "make": r"(?:新?制发|新?制定|制订|出台|印发)",
    "document": r"(?:了|各类|行政|本级|政府|部门){0,4}+规范性文件(?!类|制)",
    "statute": r"(?:了|政府|部门|地方政府){0,3}+规章(?!制度)",
    "cause": r"(?:发生|收到|接到|受理|产生|出现|引起|引发|引致|导致|存在|涉及|办理|申请人?|不服|政府|政务"
             r"|信息|资讯|公开|工作|答复|提起|提出|任何|有关|相关|关于|一[起件例宗]|方面|问题|处理|行为"
             r"|本机关|我[局委镇乡办单]位?|[因由而依被为的有过]){0,16}+",
    "joint": r"(?:行政)?复议(?:案件|申请)?(?:[、和及与或,]|或者|以及)(?:被?提起)?(?:行政)?诉讼",
    "case": r"(?:案件|案|申请|情况|事项){0,3}+",
}


class Form(NamedTuple):
    """A form of words: the topics that it states a number of, or none of where `none` is set."""

    topics: tuple[str, ...]
    pattern: re.Pattern[str]
    none: bool


def _form(topics: str, pattern: str) -> Form:
    words = re.sub(r"(?<!P)<(\w+)>", lambda name: f"(?:{_WORDS[name[1]]})", pattern)
    return Form(tuple(topics.split()), re.compile(words), "(?P<n>" not in words)


# The more specific form of words stands first: a number is taken by the first that reads it.
FORMS = (
    _form("carried_over", r"(?:上(?:一)?年度?|去年|(?P<from>\d{4})年度?)结转(?:到?本年度?)?(?:继续办理)?的?"
                          r"<request>?<is><n>"),
    _form("carried_over", r"结转(?:上(?:一)?年度?|去年|(?P<from>\d{4})年度?)(?:办理)?的?<request>?<is><n>"),
    _form("carried_over", r"<no>有?(?:上(?:一)?年度?|去年)结转的?(?:<request>|申请)?<end>"),
    _form("carried_forward", r"结?转(?:至|到|入|为)?<next><on>(?:<request>|申请)?<is><n>"),
    _form("carried_forward", r"<n>(?:<request>|申请)?结?转(?:至|到|入|为)?<next>"),
    _form("carried_forward", r"<no>有?(?:需要?)?结转(?:至|到|入|为)?<next><on>(?:<request>|申请)?<end>"),
    _form("received", r"<no><get><kind>(?:一[件例份])?<kind>(?:<request>|申请)<end>"),
    _form("received", r"<get><kind>(?:<request>|申请)<is><n>"),
    _form("received", r"<get>(?:了|的)?<n>的?<kind>(?:<request>|申请(?=[,。;、中)\n]|\Z))"),
    _form("received", r"(?:无|没有|零|暂无)<request><end>"),
    _form("received", r"<request>(?:数量|总量|总数)<is><n>"),
    _form("received", r"新收(?=[共\d])<is><n>"),
    _form("natural_person", r"自然人(?:提出|提交|申请|的){0,3}+<is><n>"),
    _form("legal_person", r"法人(?:和|或|及|、|或者|以及)?其[他它]组织(?:提出|提交|申请|的){0,3}+<is><n>"),
    _form("disclosed", r"予以公开[和及与](?:予以)?部分(?:予以)?公开<done><is><n>"),
    _form("partially_granted", r"(?:予以)?部分(?:予以)?公开<done>(?:\(区分处理[^()\n]{0,24}\))?<is><n>"),
    _form("granted", r"(?<![不分动])(?:予以|同意)公开<done><is><n>"),
    _form("denied", r"不予(?:以)?公开<done><is><n>"),
    _form("unavailable", r"(?<!未)无法提供<done><is><n>"),
    _form("not_processed", r"不予处理<done><is><n>"),
    _form("other_handling", r"其他处理<done><is><n>"),
    _form("handled", r"(?:答复|办结|办理完毕|办理)了?(?:<request>|申请)?<is><n>(?!提案|建议)"),
    _form("licensing", r"(?:办理|[作做]出|实施|下达|处理)?(?:了|各类){0,2}+行政许可(?:处理)?(?:决定书?)?<is><n>"),
    _form("penalties", r"(?:办理|[作做]出|实施|下达|处理)?(?:了|各类){0,2}+行政处罚(?:处理)?(?:决定书?)?<is><n>"),
    _form("compulsory_measures",
          r"(?:办理|[作做]出|实施|下达|处理)?(?:了|各类){0,2}+行政强制(?:措施)?(?:处理)?(?:决定书?)?<is><n>"),
    *(
        _form(f"{topic}.{name}", pattern.replace("<it>", f"<{word}>"))
        for topic, word in (("normative_documents", "document"), ("rules", "statute"))
        for name, pattern in (
            ("produced", r"新制作<it><is><n>"),
            ("produced", r"<it>新制作<is><n>"),
            ("issued", r"<make><it><is><n>"),
            ("issued", r"<make>了?<n><it>"),
            ("issued", r"<it>(?:本年)?<make><is><n>"),
            ("issued", r"<no><make><it><end>"),
            ("repealed", r"废止<it><is><n>"),
            ("repealed", r"废止了?<n><it>"),
            ("repealed", r"<it>(?:本年)?废止<is><n>"),
            ("repealed", r"<no>废止<it><end>"),
            ("in_force", r"现行有效的?<it><is><n>"),
            ("in_force", r"<it>现行有效<is><n>"),
        )
    ),
    _form("*.issued", r"(?<=[,、:])(?:本年|共)?<make><is><n>"),
    _form("*.repealed", r"(?<=[,、:])(?:本年|共)?废止<is><n>"),
    _form("*.in_force", r"(?<=[,、:])(?:目前)?现行有效的?<is><n>"),
    _form("fees", r"行政事业性?收费(?:收入|金额|总额|总计|征收|收取){0,2}+<is><money>"),
    _form("fees", r"行政事业性?收费(?:收入|金额|总额)?[为是:]<nought>"),
    _form("fees", r"<no>(?:发生|收取|产生|涉及)?(?:过|任何)?行政事业性?收费<end>"),
    _form("reconsideration litigation", r"<joint><case>(?:均|都|各|全部)[为是有]?<n>"),
    _form("reconsideration litigation", r"<joint><case><is><nought>"),
    _form("reconsideration litigation", r"<joint><case>(?:均|都)?(?:未|没有)(?:发生|产生|出现)<end>"),
    _form("reconsideration litigation", r"<no><cause><joint><end>"),
    _form("disputes", r"<joint><case><is><n>"),
    _form("reconsideration", r"<no><cause>行政复议<end>"),
    _form("litigation", r"<no><cause>行政诉讼<end>"),
    _form("reconsideration", r"(?<![纪])行政复议<is><n>"),
    _form("litigation", r"行政诉讼<is><n>"),
    _form("reconsideration", r"<n><cause>行政复议<case><end>"),
    _form("litigation", r"<n><cause>行政诉讼<case><end>"),
)

# ---------------------------------------------------------------- what stands around a statement

STOP = re.compile(r"[。!?\n]")
CLAUSE = re.compile(r"[,、:;(]")
YEAR = re.compile(r"(?<!\d)(20\d\d)年")
OPENING = re.compile(r"(?<![^。!?;\n:.)])在?(20\d\d)年")
CITED = re.compile(r"《[^》]{0,60}》|(?:[较比与]|相比|对比)[^,。]{0,6}?20\d\d年")
WHOLE_YEAR = re.compile(
    r"(?:20\d\d年)?1月1日起?[至到—–~-]{1,2}(?:20\d\d年|本年|当年|今年)?12月31日止?|1[至到—–~-]{1,2}12月份?"
    r"|截[至止]到?(?:20\d\d年|本年|今年|当年)?度?(?:年底|年末|底|末|12月31日|12月底)"
)
COMPARED = re.compile(r"[较比]|相比|增加|增长|减少|下降|上升|多于|少于")
OTHER_TIME = re.compile(
    r"[上下]半年|季度|(?:\d|[一二三四五六七八九十])个?月|月份|(?<!今年)以来|历年|近[两二三四五几]年|[三四五]年来|同期"
    r"|[往前]年|20\d\d年?[至到—–~-]{1,2}20\d\d年|去年(?!结转)|(?<!结转)上一?年(?!度?结转)|[截止至]目前|首次统计"
)
RUNNING = re.compile(r"累[计积]")
WITHIN = re.compile(r"全年|年内|本年|今年|当年|20\d\d年|报告期")
OTHER_BODY = re.compile(
    r"各(?:乡|镇|街道|部门|单位|区|县|市|级|地|科|处|分)|乡镇|下[属级辖]|所属|局属|[市县区州省]直|直属|分局|基层|系统"
    r"|转[送办交来]|移送|向[^,。]{1,12}(?:提出|提交|申请)|指导|代[为理]|联合|会同"
)
WHOLE_AREA = re.compile(r"[全我本][市县区省州国盟旗]")
OTHER_MATTER = re.compile(r"建议|提案|信访|投诉|举报|咨询|热线|留言|信箱|来信|来电|网民|问政|诉求|12345")
CHANNEL = re.compile(r"通过|书面|网络|网上|在线|信函|邮寄|邮件|邮箱|当面|现场|窗口|传真|平台|[^\d各]类|(?<!未)逾期|延期")
EVERY_CHANNEL = re.compile(r"(?:多种?|各种?|各类|等)(?:渠道|方式|形式|途径)")
SUBTOTAL = re.compile(r"(?:书面|网络|网上|在线|信函|邮寄|邮件|当面|现场|传真|平台|[^\d各]类)[^,。]{0,8}\d")
COUNTED = re.compile(r"(?<![\d.,])(\d{1,12})[件宗起例份]")
COUNT = re.compile(r"\d[件宗起例份条个项次]")
PART = re.compile(r"其中|包括|包含|[(,]含")
OF_REQUESTS = re.compile(r"信息公开|资讯公开|依申请|申请公开|公开申请|公开[^,。]{0,6}申请")
PUBLISHED = re.compile(r"公开|公示|发布|公布|归集|上传|录入|推送|报送|更新|信息")
STAGE = re.compile(
    r"复议后|直接|未?经(?:行政)?复议|[一二再]审|上诉|[败胜]诉|维持|纠[正错]|撤[回销]|审[结理]|结案|尚未|应诉|调解|化解|立案"
)
INSTANCE = re.compile(r"[一二再]审")
SPARED = re.compile(r"减|免|取消|降低|退")
CARRIED_IN = re.compile(r"[,(]?(?:含|包括|包含|其中)[^,。)]{0,12}(?:结转|上年|去年)")
SPLIT = re.compile(r"本级|各部门|各单位|乡镇|部门\d|街道\d")
# Official papers are classified in the words for the outcomes of requests.
PAPERS = re.compile(r"制发|公文|审[查核]|属性|[发拟]文|文件|主动公开[^,。;]{0,8}\d")
# What of the requests is answered, and what tells that there is more.
TIMELY = re.compile(r"按[时期]|如期|准时|及时|当年|当[月日场天]|提前|[期时]限|期内|其中")
REMAINDER = re.compile(r"延期|其余|剩余|余下|其[他它]|另|尚|正在|未|上年|上一年|结转|撤|不再|终止|\d[件宗起例份]")
SUBJECT = re.compile(r"涉及(?!政府|政务|信息|依申请|公开)|[^各\d]类|(?:关于|针对)[^,。;]{1,20}申请"
                     r"|(?:自然人|企业|法人|组织|机构|个人|单位)[^,。;\d]{0,10}中")
SUBJECT_BEFORE = re.compile(r"[^各\d]类[^,。;\d]{0,10}申请|涉及(?!政府|政务|信息|依申请|公开)[^,。;]{1,20}申请"
                            r"|(?:自然人|企业|法人|组织|机构|个人)申请中")
OF_OTHERS = re.compile(r"其[他余它](?!组织)[^,。;\n\d]{0,12}申请[^,。;\n\d]{0,4}\d")
# Another number of requests at once after the first: 收到书面申请3件,网络申请9件.
FURTHER = re.compile(r"[,、;及和](?!其中|自然人|法人|[^,、;。\n]{0,12}(?:办|答复|处理|结转|上年))"
                     r"[^,、;。\n\d]{0,16}申请(?:公开)?(?:政府信息)?[为有共]?\d")
REFUSED = re.compile(r"不予受理|不受理|未受理|未予受理|不属于")
# Decisions counted by case, kind or result.
_KINDS = (r"不予|准予|延续|变更|注销|撤[销回]|换[发证领]|补[发证领]|简易|当场|普通程序|一般程序|快速办|结案|立案"
          r"|[作做]出[^,。;政]{0,4}决定|[^政]许可|[^政、和及与]处罚[^,。;]{0,6}\d|[^政、和及与]强制[^,。;]{0,6}\d")
KINDS_OF_DECISION = re.compile(_KINDS)
KINDS_OF_MEASURE = re.compile(rf"{_KINDS}|强制执行|执行[^,。;]{{0,4}}\d")
PASSED_ON = re.compile(r"上[缴交解]|划转|代[收征]|退[还付费]")
DISPUTED = re.compile(r"复议|诉讼|应诉")
UNENDED = re.compile(r"新(?:收|发生|增|产生|发)|结转|遗留|未结|(?:上一?年|去年|往年|以前年)[^,。;比]{0,4}\d|含上"
                     r"|其[他余它][^,。;]{0,6}(?:复议|诉讼)")
OF_THESE = re.compile(r"[均都皆也再后]|其中|申请人|当事人")
# The body takes cases in as the one that decides them; a party is the one they are brought against.
TAKEN = re.compile(r"受理|办[理结]|审理|收到|各类|接收|承办|新收|处理|应诉")
REVIEWER = re.compile(r"审[理结](?!中)|复议机[关构]|作为|代理|承办|代表")
CAUSED = re.compile(r"因|涉及|涉政府|被申请|被提起|被诉|被告|引[发起致]|不服|针对|导致")
REVIEWED = re.compile(r"清理|审[核查]|备案|起草|征求|代[为拟]")
# Another body with a number of its own: 县公安局收到5件, 县政府转办3件.
_BODY = (r"(?<![^,、;。:\n()])(?P<body>[^,、;。:\n\d()]{{0,14}}?(?:[局委办厅府院队所站科处会校馆乡镇]|办公室|部门|单位|街道|中心|机关))"
         r"(?:共|新|等|年|累计|全){{0,3}}+(?:{})[^,、;。\n\d]{{0,16}}\d")
BODIES = {
    "received": re.compile(_BODY.format("收到?|接收?到|受理|转[办来送交]|交办|移[送交]|办理(?:政府信息|依申请)")),
    **dict.fromkeys(("normative_documents", "rules"), re.compile(_BODY.format("新?制|印发|出台|废止|现行|发布"))),
    **dict.fromkeys(("licensing", "penalties", "compulsory_measures"),
                    re.compile(_BODY.format("办理|[作做]出|实施|下达|处理"))),
    **dict.fromkeys(("handled", "granted", "carried_over", "carried_forward"),
                    re.compile(_BODY.format("办[理结]|答复|予以公开|结转"))),
}
VERB = re.compile(r"办理|[作做]出|实施|下达|处理")
# Words that may stand before a statement in its clause and say nothing that limits it.
PLAIN = re.compile(
    r"20\d\d年度?|[全本]年度?|当年|今年以来|今年|年内|一年来|报告期内?|期间|年度内?|累[计积]|共计|总共|一共|合计|总计|共"
    r"|[我本](?:局|委|办|厅|院|中心|镇|乡|街道|单位|机关|部门|所|队|处|会|校|行政机关|级|府|馆|站)(?:办公室)?"
    r"|全(?:局|委|办|厅|院|镇|乡|街道|校|处)|\(?[一二三四五六七八九十\d]{1,2}[).、]|[一二三四五六七八九十]是|其中|依法依规|依法|依规"
    r"|按时|按期|及时|按规定|均已|已经|全部|在?(?:法定|规定)(?:期限|时限|时间)内?|所有|上述|办结|依申请公开|政府信息公开申请"
    r"|政府信息公开|信息公开|申请|工作|情况|方面|公民[、,]?法人(?:和|或|及|或者|以及)?其他组织|剩余|尚有|其余|余下|另有|现有"
    r"|收到|受理|收取|征收|办理|处理|[作做]出|发生|涉及|引起|引发|提起|答复|决定|截[至止]到?(?:本年|今年|当年)?度?(?:年底|年末|底|末|12月31日)"
    r"|1月1日|12月31日|[均已新有是为对未的了在中因被至到各类年内)—“”\"-]"
)
BEFORE = re.compile(r"(?:没有|是否|[未没不每逐拟应可将如若凡尚待需])\Z")
JOINED = re.compile(r"[^件宗起例份条个\d)][、和及与或]\Z")
LOOSE_UNITS = frozenset({"人次", "件次", "次", "项", "批", "封", "条"})


# A line end that ends a sentence: after a short heading, or before an ordinal or a year.
HEADING = re.compile(
    r"^[ \t\u3000]{0,8}[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．][^，。；：:\n]{1,30}\n", re.MULTILINE
)
NEW_LINE = re.compile(
    r"\n(?=[ \t\u3000]{0,8}(?:[(（]?[一二三四五六七八九十\d]{1,2}(?:[)）、]|[.．](?!\d))|20\d\d\s?年|[本全]年))"
)
# Every sign of the patterns that the other script writes otherwise; a test holds it complete.
_SIGNS = str.maketrans(
    "與業個爲舉鄉書於產億衆會傳餘關內決況減幾辦務動區單廳歷縣發臺後諮國場處復實審對導將層屬並應廢開強歸當錄徵總報擬數無時暫機條來畢沒熱現電積筆類糾約級紀線組織經結絡"
    "統繼續維網罰羣聯勝範規計訂議訊記許訟訪訴詢請調敗費資轉較轄達過遞郵銷錯鎮長門問間隊項題額館為眾複覆佈併萬兩種徑準變繳還劃備執換構簡終補證遺針領",
    "与业个为举乡书于产亿众会传余关内决况减几办务动区单厅历县发台后咨国场处复实审对导将层属并应废开强归当录征总报拟数无时暂机条来毕没热现电积笔类纠约级纪线组织经结络"
    "统继续维网罚群联胜范规计订议讯记许讼访诉询请调败费资转较辖达过递邮销错镇长门问间队项题额馆为众复复布并万两种径准变缴还划备执换构简终补证遗针领",
)


def folded(text: str) -> str:
    """A text of the same length in Simplified script and half width, as the patterns want it."""
    narrow = {ord(sign): each for sign in set(text)
              if len(each := unicodedata.normalize("NFKC", sign)) == 1}
    return text.translate(narrow).translate(_SIGNS)
