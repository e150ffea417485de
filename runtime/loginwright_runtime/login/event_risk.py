"""How risky the login looks: ``event.authentication.riskAssessment`` (reference §3)."""

from typing import Annotated

from loginwright_runtime.login.event_object import EventObject, Text, Texts
from loginwright_runtime.login.json_values import JsonObject


class IpDetails(EventObject):
    """What an address was judged by."""

    ip: Annotated[Text, "The address."]
    matches: Annotated[Text, "What it matched."]
    source: Annotated[Text, "Which list."]
    category: Annotated[Text, "Which category of the list."]


class UntrustedIp(EventObject):
    """Is the address on a deny-list?"""

    confidence: Annotated[str, "low, medium, high or neutral."]
    code: Annotated[str, "not_found_on_deny_list, found_on_deny_list, …"]
    details: Annotated[IpDetails | None, "What it was judged by."]


class DeviceDetails(EventObject):
    """What a device was judged by."""

    device: Annotated[Text, "known or unknown."]
    useragent: Annotated[Text, "known or unknown."]


class NewDevice(EventObject):
    """Has the user been seen with this device?"""

    confidence: Annotated[str, "low, medium, high or neutral."]
    code: Annotated[str, "match, partial_match, no_match, initial_login, …"]
    details: Annotated[DeviceDetails | None, "What it was judged by."]


class ImpossibleTravel(EventObject):
    """Could the user have travelled that far?"""

    confidence: Annotated[str, "low, medium, high or neutral."]
    code: Annotated[str, "minimal_travel_from_last_login, impossible_travel_from_last_login, …"]


class AgentDetails(EventObject):
    """What an agent was recognised by."""

    provider: Annotated[Text, "Who runs it."]


class AgentDetection(EventObject):
    """Is an agent at work?"""

    confidence: Annotated[str, "low, medium, high or neutral."]
    code: Annotated[str, "unknown or verified_agent."]
    details: Annotated[AgentDetails | None, "What it was recognised by."]


class Assessments(EventObject):
    """The single assessments."""

    untrusted_ip: Annotated[UntrustedIp | None, "Is the address on a deny-list?"]
    new_device: Annotated[NewDevice | None, "Has the user been seen with this device?"]
    impossible_travel: Annotated[ImpossibleTravel | None, "Could they have travelled that far?"]
    agent_detection: Annotated[AgentDetection | None, "Is an agent at work?"]


class AkamaiBot(EventObject):
    """What Akamai takes the browser for."""

    type: Annotated[Text, "Type of bot."]
    action: Annotated[Text, "What was done about it."]
    bot_category: Annotated[Texts | None, "Categories of bot."]
    bot_score: Annotated[Text, "Score."]
    bot_score_response_segment: Annotated[Text, "Segment the score falls into."]
    botnet_id: Annotated[Text, "Id of the botnet."]


class AkamaiUserRisk(EventObject):
    """How risky Akamai finds the user."""

    action: Annotated[Text, "What was done about it."]
    allow: Annotated[Text, "Whether the user is allow-listed."]
    email_domain: Annotated[Text, "Domain of the address."]
    general: Annotated[JsonObject | None, "General indicators."]
    ouid: Annotated[Text, "Id of the user at the origin."]
    requestid: Annotated[Text, "Id of the request."]
    risk: Annotated[JsonObject | None, "Indicators of risk."]
    score: Annotated[Text, "Score."]
    status: Annotated[Text, "Status."]
    trust: Annotated[JsonObject | None, "Indicators of trust."]
    username: Annotated[Text, "User name."]
    uuid: Annotated[Text, "Id of the user."]


class Akamai(EventObject):
    """Signals of Akamai."""

    akamai_bot: Annotated[AkamaiBot | None, "What the browser is taken for."]
    akamai_user_risk: Annotated[AkamaiUserRisk | None, "How risky the user looks."]


class Supplemental(EventObject):
    """Signals of other vendors."""

    akamai: Annotated[Akamai | None, "Of Akamai."]


class RiskAssessment(EventObject):
    """How risky the login looks; needs adaptive MFA at the host."""

    confidence: Annotated[str, "low, medium, high or neutral."]
    version: Annotated[str, "Version of the assessment."]
    assessments: Annotated[Assessments, "The single ones."]
    supplemental: Annotated[Supplemental | None, "Signals of other vendors."]
