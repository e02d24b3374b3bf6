"""An invented article about decisions on posts, a session and the state of a plan, in the shape of the graph."""

from .sample import BASE

DECISIONS = f"""
@prefix zg: <https://w3id.org/zhiguan/ontology#> . @prefix zgv: <https://w3id.org/zhiguan/vocabulary/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <{BASE}> .
<graph/qs-003> {{
 <article/qs-003> a zg:Article ; dcterms:title "青山县人大常委会任免名单"@zh-Hans ; zg:observedOn "2024-07-01"^^edtf:EDTF .
 <body/congress> a zg:PeoplesCongress ; skos:prefLabel "青山县人民代表大会"@zh-Hans .
 <body/standing> a zg:PeoplesCongress ; skos:prefLabel "青山县人大常委会"@zh-Hans ; zg:leads <body/office> .
 <body/office> a zg:Body ; skos:prefLabel "青山县人大常委会办公室"@zh-Hans ; org:classification zgv:kind-peoples-congress .
 <post/chair> a zg:Post ; skos:prefLabel "主任"@zh-Hans ; org:postIn <body/office> .
 <person/yun> a zg:Person ; foaf:name "云归" ; skos:prefLabel "云归"@zh-Hans .
 <tenure/yun> a zg:Tenure ; org:member <person/yun> ; zg:post <post/chair> ; org:organization <body/office> .
 <personnel-action/a> a zg:PersonnelAction, zg:Appointment ; zg:tenure <tenure/yun> ; zg:decidedBy <body/standing> ;
   zg:decidedAt <meeting/s3> ; zg:effectiveDate "2024-07-01"^^edtf:EDTF .
 <personnel-action/r> a zg:PersonnelAction, zg:Removal ; zg:tenure <tenure/yun> .
 <personnel-action/q> a zg:PersonnelAction, zg:Resignation ; zg:tenure <tenure/yun> ; zg:decidedBy <body/standing> .
 <term/t9> a zg:Term ; skos:prefLabel "第九届青山县人民代表大会"@zh-Hans ; zg:termOf <body/congress> ; zg:termNumber 9 .
 <meeting/s3> a zg:OfficialActivity, zg:Meeting, zg:Session ; skos:prefLabel "青山县九届人大三次会议"@zh-Hans ;
   zg:ofTerm <term/t9> ; zg:sessionNumber 3 ; zg:date "2024-06-30"^^edtf:EDTF .
 <plan/p9> a zg:Plan ; dcterms:title "青山县节水办法"@zh-Hans ; zg:documentNumber "青政发〔2024〕9号" .
 <status-report/z> a zg:StatusReport ; zg:reportsOn <plan/p9> ; zg:reportedStatus zgv:plan-status-effective ;
   zg:asOf "2024-07-01"^^edtf:EDTF .
 <attestation/qs-003/1> a zg:Attestation ; zg:attests <tenure/yun> ; prov:wasDerivedFrom <article/qs-003> ;
   zg:observedStatus zgv:status-current ; zg:capacity zgv:capacity-in-charge ; zg:rule "invented" ;
   oa:start 0 ; oa:end 2 ; oa:exact "云归" .
}}
"""
