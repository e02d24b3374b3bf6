"""IRIs of the terms that the mapping writes; a test holds each of them against the ontology it comes from."""

from typing import Final

from zhiguan.model import ActionKind, BodyKind, PlanPartKind, RelationKind

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
CV: Final = "http://data.europa.eu/m8g/"
ZG: Final = "https://w3id.org/zhiguan/ontology#"
ZGV: Final = "https://w3id.org/zhiguan/vocabulary/"

TYPE: Final = RDF + "type"

# W3C, DCMI, FOAF, schema.org and SEMIC terms
IDENTIFIER: Final = DCTERMS + "identifier"
TITLE: Final = DCTERMS + "title"
SPATIAL: Final = DCTERMS + "spatial"
IS_PART_OF: Final = DCTERMS + "isPartOf"
KIND: Final = DCTERMS + "type"
FORMAT: Final = DCTERMS + "format"
CREATOR: Final = DC + "creator"  # DC elements 1.1: a by-line is a name, and dcterms:creator wants an agent
URL: Final = SCHEMA + "url"
NAME: Final = FOAF + "name"
PRIMARY_TOPIC: Final = FOAF + "primaryTopic"
LABEL: Final = SKOS + "prefLabel"
NOTATION: Final = SKOS + "notation"
CLASSIFICATION: Final = ORG + "classification"
SUB_ORGANIZATION_OF: Final = ORG + "subOrganizationOf"
POST_IN: Final = ORG + "postIn"
ROLE: Final = ORG + "role"
MEMBER: Final = ORG + "member"
ORGANIZATION: Final = ORG + "organization"
HAS_PARTICIPANT: Final = CV + "hasParticipant"
PARTICIPANT_ROLE: Final = CV + "role"
WAS_DERIVED_FROM: Final = PROV + "wasDerivedFrom"
WAS_ASSOCIATED_WITH: Final = PROV + "wasAssociatedWith"
WAS_GENERATED_BY: Final = PROV + "wasGeneratedBy"
USED: Final = PROV + "used"
SOFTWARE_AGENT: Final = PROV + "SoftwareAgent"
START: Final = OA + "start"
END: Final = OA + "end"
EXACT: Final = OA + "exact"

# own classes
ARTICLE: Final = ZG + "Article"
SOURCE_TEXT: Final = ZG + "SourceText"
DIVISION: Final = ZG + "Division"
PERSON: Final = ZG + "Person"
BODY: Final = ZG + "Body"
POST: Final = ZG + "Post"
TENURE: Final = ZG + "Tenure"
ACTIVITY: Final = ZG + "OfficialActivity"
PARTICIPATION: Final = ZG + "Participation"
PLAN: Final = ZG + "Plan"
PLAN_PART: Final = ZG + "PlanPart"
DOCUMENT_EVENT: Final = ZG + "DocumentEvent"
ATTESTATION: Final = ZG + "Attestation"
RUN: Final = ZG + "Run"
TERM: Final = ZG + "Term"
SESSION: Final = ZG + "Session"
MEETING: Final = ZG + "Meeting"
PERSONNEL_ACTION: Final = ZG + "PersonnelAction"
STATUS_REPORT: Final = ZG + "StatusReport"

BODY_CLASSES: Final = {
    BodyKind.PARTY: ZG + "PartyOrgan",
    BodyKind.CONGRESS: ZG + "PeoplesCongress",
    BodyKind.ADMINISTRATION: ZG + "AdministrativeOrgan",
    BodyKind.CONSULTATIVE: ZG + "ConsultativeConference",
    BodyKind.SUPERVISORY: ZG + "SupervisoryOrgan",
    BodyKind.COURT: ZG + "JudicialOrgan",
    BodyKind.PROCURATORATE: ZG + "ProcuratorialOrgan",
    BodyKind.MILITARY: ZG + "MilitaryOrgan",
    BodyKind.MASS: ZG + "MassOrganisation",
    BodyKind.COORDINATING: ZG + "CoordinatingBody",
}
"""Subclasses of government body; other kinds are told apart by their classification alone."""

PLAN_PART_CLASSES: Final = {
    PlanPartKind.GOAL: ZG + "Goal",
    PlanPartKind.TASK: ZG + "Task",
    PlanPartKind.ACTION: ZG + "Action",
}
"""Subclasses of plan part: each part is of one."""

ACTION_CLASSES: Final = {
    ActionKind.APPOINTMENT: ZG + "Appointment",
    ActionKind.ELECTION: ZG + "Election",
    ActionKind.NOMINATION: ZG + "Nomination",
    ActionKind.REMOVAL: ZG + "Removal",
    ActionKind.RESIGNATION: ZG + "Resignation",
}
"""Subclasses of personnel action: each action is of one."""

ACTIVITY_CLASSES: Final = {
    ZGV + "activity-meeting": MEETING,
    ZGV + "activity-inspection": ZG + "Inspection",
    ZGV + "activity-ceremony": ZG + "Ceremony",
    ZGV + "activity-talks": ZG + "Talks",
    ZGV + "activity-condolence-visit": ZG + "Visit",
}
"""Class of the activities of a kind and of the kinds below it; kinds that are not here have none of their own."""

RELATIONS: Final = {
    RelationKind.LEADS: ZG + "leads",
    RelationKind.GUIDES: ZG + "guides",
    RelationKind.SHARES_OFFICE: ZG + "sharesOfficeWith",
    RelationKind.NAMEPLATE: ZG + "additionalNameplateOf",
}
"""Properties between bodies."""

# own properties
PUBLISHED: Final = ZG + "published"
PUBLISHED_EARLIEST: Final = ZG + "publishedEarliest"
PUBLISHED_LATEST: Final = ZG + "publishedLatest"
SOURCE_NAME: Final = ZG + "sourceName"
TEXT: Final = ZG + "text"
LENGTH: Final = ZG + "length"
ORIGIN_DIGEST: Final = ZG + "originDigest"
ORIGIN_NAME: Final = ZG + "originName"
REPEATS: Final = ZG + "repeats"
FULL_NAME: Final = ZG + "fullName"
DIVISION_LEVEL: Final = ZG + "divisionLevel"
PART_OF: Final = ZG + "partOf"
HOME_SCOPE: Final = ZG + "homeScope"
IDENTITY_RULE: Final = ZG + "identityRule"
NAME_RESOLUTION: Final = ZG + "nameResolution"
OF_POST: Final = ZG + "post"
ACTIVITY_TYPE: Final = ZG + "activityType"
DATE: Final = ZG + "date"
DATE_EARLIEST: Final = ZG + "dateEarliest"
DATE_LATEST: Final = ZG + "dateLatest"
TIME_OF_DAY: Final = ZG + "timeOfDay"
PLACE_NAME: Final = ZG + "placeName"
OF_ACTIVITY: Final = ZG + "activity"
IN_CAPACITY: Final = ZG + "inCapacity"
LIST_ORDER: Final = ZG + "listOrder"
PART_ORDER: Final = ZG + "partOrder"
TERM_OF: Final = ZG + "termOf"
TERM_NUMBER: Final = ZG + "termNumber"
OF_TERM: Final = ZG + "ofTerm"
SESSION_NUMBER: Final = ZG + "sessionNumber"
RANK: Final = ZG + "rank"
CAPACITY: Final = ZG + "capacity"
TENURE_OF_ACTION: Final = ZG + "tenure"
DECIDED_BY: Final = ZG + "decidedBy"
DECIDED_AT: Final = ZG + "decidedAt"
EFFECTIVE: Final = ZG + "effectiveDate"
EFFECTIVE_EARLIEST: Final = ZG + "effectiveEarliest"
EFFECTIVE_LATEST: Final = ZG + "effectiveLatest"
DOCUMENT_NUMBER: Final = ZG + "documentNumber"
REPORTS_ON: Final = ZG + "reportsOn"
REPORTED_STATUS: Final = ZG + "reportedStatus"
AS_OF: Final = ZG + "asOf"
ATTESTED_VALUE: Final = ZG + "attestedValue"
PERIOD_START: Final = ZG + "periodStart"
PERIOD_START_EARLIEST: Final = ZG + "periodStartEarliest"
PERIOD_END: Final = ZG + "periodEnd"
PERIOD_END_LATEST: Final = ZG + "periodEndLatest"
ISSUER: Final = ZG + "issuer"
PART_OF_PLAN: Final = ZG + "partOfPlan"
STATED_COUNT: Final = ZG + "statedCount"
DOCUMENT: Final = ZG + "document"
EVENT_KIND: Final = ZG + "eventKind"
AT_MEETING: Final = ZG + "atMeeting"
AGENT: Final = ZG + "agent"
ATTESTS: Final = ZG + "attests"
ATTESTED_PROPERTY: Final = ZG + "attestedProperty"
OBSERVED_ON: Final = ZG + "observedOn"
OBSERVED_STATUS: Final = ZG + "observedStatus"
MENTIONED_AS: Final = ZG + "mentionedAs"
RULE: Final = ZG + "rule"
CONFIDENCE: Final = ZG + "confidence"

# concepts that are not members of an enumeration in the model
NAME_AND_HOME_SCOPE: Final = ZGV + "name-and-home-scope"
JUDGEMENT: Final = ZGV + "judgement"
RESOLVED: Final = ZGV + "resolved"
SURFACE: Final = ZGV + "surface"

# datatypes
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
GBT2260: Final = ZG + "gbt2260"
XSD_DATE: Final = XSD + "date"
XSD_INTEGER: Final = XSD + "integer"
XSD_DECIMAL: Final = XSD + "decimal"
XSD_ANY_URI: Final = XSD + "anyURI"
