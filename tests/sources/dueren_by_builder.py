"""The Düren as-is model, said in Python: every step, flow and handover; the shared registries come from their file."""

from __future__ import annotations

from pathlib import Path

from ankunft_model.model import ArrivalModel
from ankunft_model.sources.builder import Builder

# ruff: noqa: E501 - an example of this size is easier to read in long lines


def build(common: Path) -> ArrivalModel:
    """Return the model; `common` is the file with the shared registries."""
    b = Builder(
        "dueren_ist",
        title={
            "de": "Ankunft im Kreis Düren: vom Asylgesuch zum Bürgergeld (Ist)",
            "en": "Arrival in the district of Düren: from asylum request to citizen's benefit (as is)",
        },
        state="as_is",
        as_of="2025-06-01",
        municipality={
            "name": "Kreis Düren",
            "kind": "kreis",
            "land": "NW",
            "ags": "05358",
            "population": {"min": 250000, "max": 300000},
            "members": 15,
            "source": "S1:19",
            "confidence": "fact",
        },
    )
    b.include(common)
    b.none("agreements", "consents", "bodies")
    b.case(
        "familie_a",
        name={
            "de": "Frau, 31, aus Syrien, Ehemann, zwei Kinder (6 und 15)",
            "en": "Woman, 31, from Syria, husband, two children (6 and 15)",
        },
        cohort="anerkannte",
        choices={"entscheidung": "split_anerkannt", "frueh": "warten_titel"},
        dates={
            "ankunft": "2024-09-02",
            "a24": "2025-03-12",
            "a28": "2025-05-07",
            "a30": "2025-05-07",
            "a32": {"decided": "2025-05-28", "paid": "2025-05-30"},
            "a33": "2025-06-11",
        },
        paid_until={"asylblg": "2025-03-31"},
        source="DOMAIN:5a",
        confidence="assumption",
    )
    b.information_duty(
        "rechte_pflichten",
        name={
            "de": "Rechte und Pflichten nach dem AsylbLG, Rechtsbeistand und Beratung",
            "en": "Rights and duties under the asylum seeker benefits act, legal aid and counselling",
        },
        by="ae",
        at=["a08"],
        binding="statute",
        legal_basis="asylg_47_4",
        deadline={"within": "P15D", "after": "a10"},
        languages="unknown",
        source="LAW:AsylG § 47 Abs. 4",
        confidence="fact",
    )
    b.information_duty(
        "willkommensberatung",
        name={
            "de": "Es gibt eine Willkommensberatung in der Gemeinde",
            "en": "There is a welcome counsellor in the municipality",
        },
        about="willkommen",
        by=["meldebehoerde", "sozialamt"],
        at="none",
        needed_before="a15",
        binding="none",
        source="S1:16",
        confidence="fact",
    )
    b.information_duty(
        "konto_krankenkasse",
        name={
            "de": "Konto und Krankenkasse müssen vor dem Antrag beim Jobcenter da sein",
            "en": "Bank account and health insurer are needed before applying at the jobcenter",
        },
        by="none",
        at="none",
        needed_before="a30",
        binding="none",
        source="DOMAIN:5a (erwartetes Ergebnis)",
        confidence="assumption",
    )
    b.information_duty(
        "titel_beantragen",
        name={
            "de": "Nach dem Bescheid ist der Aufenthaltstitel bei der Ausländerbehörde zu beantragen",
            "en": "After the decision the residence permit has to be applied for at the immigration office",
        },
        by="unknown",
        at="none",
        needed_before="p27",
        binding="unknown",
        source="DOMAIN:5a (Zeitleiste)",
        confidence="assumption",
    )
    with b.process(
        "ankunft_bis_buergergeld",
        name={"de": "Vom Asylgesuch zum Bürgergeld", "en": "From asylum request to citizen's benefit"},
        domain="benefit_receipt",
    ):
        ankunft = b.start(
            {"de": "In Deutschland angekommen", "en": "Arrived in Germany"},
            actor="person",
            id="ankunft",
            source="DOMAIN:5a",
            confidence="assumption",
        )
        a01 = b.step(
            {"de": "Asylgesuch entgegennehmen", "en": "Receive asylum request"},
            actor="polizei",
            id="a01",
            kind="first_contact",
            domain="first_contact",
            channel="in_person",
            collects=["family_name", "given_names", "birth_date", "nationality", "travel_route"],
            documents_out=["anlaufbescheinigung"],
            duration="PT4H",
            source=["LAW:AsylG § 22", "GK"],
            confidence={"default": "fact", "documents_out": "source_needed"},
        )
        a02 = b.step(
            {"de": "Meldung in der Aufnahmeeinrichtung aufnehmen", "en": "Register arrival at the reception centre"},
            actor="ae",
            id="a02",
            kind="reception",
            domain="first_contact",
            channel=["in_person", "paper_carried"],
            documents_in=["anlaufbescheinigung"],
            collects=["family_name", "given_names", "origin_country", "family_members"],
            produces=["group_size"],
            needs=["family_name", "given_names", "origin_country"],
            duration="P1D",
            source="LAW:AsylG § 22",
            confidence="fact",
        )
        a03 = b.step(
            {
                "de": "Zuständige Aufnahmeeinrichtung bestimmen (EASY)",
                "en": "Determine the reception centre in charge (EASY)",
            },
            actor="easy_stelle",
            id="a03",
            kind="distribution",
            domain="first_contact",
            channel="interface_xoev",
            needs=["group_size", "origin_country"],
            records_in=[{"system": "easy", "data": ["group_size", "origin_country"]}],
            duration="P1D",
            source="LAW:AsylG § 46 Abs. 3",
            confidence={"default": "fact", "duration": "assumption"},
        )
        a04 = b.step(
            {"de": "Registrieren und erkennungsdienstlich behandeln", "en": "Register and take photo and fingerprints"},
            actor="ae",
            id="a04",
            with_=["bamf"],
            kind="registration",
            domain="first_contact",
            channel="in_person",
            collects=[
                "family_name",
                "given_names",
                "birth_name",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "address",
                "photo",
                "fingerprints",
                "height",
                "eye_colour",
                "family_members",
                "phone",
                "email",
                "school_education",
                "occupation",
                "languages",
                "religion",
                "id_document",
            ],
            produces=["azr_number", "akn_number"],
            records_in=["azr"],
            documents_out=["akn"],
            duration={"min": "P1D", "max": "P5D"},
            source=["LAW:AsylG §§ 16, 63a", "LAW:AZRG § 3"],
            confidence={"default": "fact", "collects[phone]": "source_needed", "collects[email]": "source_needed"},
        )
        split_ae = b.parallel(id="split_ae")
        a05 = b.step(
            {"de": "Gesundheit untersuchen und Impfung anbieten", "en": "Examine health and offer vaccination"},
            actor="gesundheitsamt",
            id="a05",
            responsible="ae",
            kind="health_check",
            domain="health",
            channel="in_person",
            documents_in=["akn"],
            collects=["health_history", "vaccination"],
            needs=["family_name", "given_names", "birth_date", "health_history"],
            produces=["health_finding", "health_examined"],
            records_in=[{"system": "azr", "data": ["health_examined", "vaccination"]}],
            duration={"min": "P1D", "max": "P7D"},
            source=["LAW:AsylG § 62", "LAW:IfSG § 36 Abs. 4", "LAW:AZRG § 3 Abs. 2 Nr. 10–11"],
            confidence={"default": "fact", "needs": "assumption"},
        )
        a06 = b.step(
            {"de": "Ins Melderegister eintragen", "en": "Enter in residents register"},
            actor="meldebehoerde_ae",
            id="a06",
            kind="registration",
            domain="first_contact",
            channel="interface_xoev",
            initiated_by="push",
            needs=["family_name", "given_names", "birth_date", "birth_place", "sex", "nationality", "address"],
            records_in=[
                {
                    "system": "melderegister_ae",
                    "data": [
                        "family_name",
                        "given_names",
                        "birth_name",
                        "birth_date",
                        "birth_place",
                        "sex",
                        "nationality",
                        "marital_status",
                        "address",
                    ],
                }
            ],
            duration="PT0S",
            source=["LAW:BMG § 23 Abs. 6", "W:bva.bund.de"],
            confidence="fact",
        )
        a07 = b.step(
            {"de": "Sachleistungen und Taschengeld gewähren", "en": "Grant benefits in kind and pocket money"},
            actor="ae",
            id="a07",
            kind="benefit_pay",
            domain="benefit_provision",
            documents_in=["akn"],
            needs=["family_members"],
            starts=["asylblg_ae"],
            entitles=["asylblg_ae"],
            source="LAW:AsylbLG § 3 Abs. 2",
            confidence="fact",
        )
        a09 = b.step(
            {"de": "Zum Asylverfahren beraten", "en": "Counsel on the asylum procedure"},
            actor="bamf",
            id="a09",
            with_=["verfahrensberatung"],
            kind="counsel",
            domain="counselling",
            channel="in_person",
            collects="none",
            duration="PT4H",
            source="LAW:AsylG § 12a",
            confidence="fact",
        )
        a10 = b.step(
            {"de": "Asylantrag aufnehmen", "en": "Take asylum application"},
            actor="bamf",
            id="a10",
            kind="application",
            domain="residence_status",
            channel="in_person",
            initiated_by="person",
            retrieves=[
                {
                    "from": "azr",
                    "data": [
                        "family_name",
                        "given_names",
                        "birth_date",
                        "birth_place",
                        "sex",
                        "nationality",
                        "marital_status",
                        "family_members",
                        "azr_number",
                    ],
                }
            ],
            collects=[
                "family_name",
                "given_names",
                "birth_name",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "family_members",
                "travel_route",
                "school_education",
                "occupation",
            ],
            needs=["family_name", "given_names", "birth_date", "nationality", "azr_number"],
            records_in=[
                "maris",
                {
                    "system": "azr",
                    "data": [
                        "family_name",
                        "given_names",
                        "birth_name",
                        "birth_date",
                        "birth_place",
                        "sex",
                        "nationality",
                        "marital_status",
                        "family_members",
                        "school_education",
                        "occupation",
                        "status",
                    ],
                },
            ],
            documents_out=["gestattung"],
            status="gestattet",
            changes=["status"],
            produces=["status"],
            wait={"min": "P3W", "max": "P8W"},
            deadlines=[
                {
                    "of": "documents_out",
                    "within": "P3D",
                    "days": "working",
                    "after": "a10",
                    "legal_basis": "asylg_63",
                    "name": {
                        "de": "Bescheinigung über die Aufenthaltsgestattung",
                        "en": "Certificate of permission to stay",
                    },
                },
                {
                    "within": "P2W",
                    "after": "a04",
                    "legal_basis": "asylg_63",
                    "name": {
                        "de": "sonst erlischt die Aufenthaltsgestattung (§ 67 Abs. 1 Nr. 2 AsylG), außer bei späterem Termin (Satz 2)",
                        "en": "else the permission to stay lapses (§ 67 (1) No. 2 AsylG), unless the appointment is later (sentence 2)",
                    },
                    "consequence": "loses_status",
                },
            ],
            source=["LAW:AsylG §§ 14, 63, 67 Abs. 1 Nr. 2"],
            confidence={"default": "fact", "wait": "assumption"},
        )
        a08 = b.step(
            {"de": "Über Rechte und Pflichten informieren", "en": "Inform about rights and duties"},
            actor="ae",
            id="a08",
            kind="inform",
            domain="counselling",
            channel=["in_person", "paper_letter"],
            documents_out=["merkblatt_ae"],
            deadlines=[{"within": "P15D", "after": "a10", "legal_basis": "asylg_47_4"}],
            source="LAW:AsylG § 47 Abs. 4",
            confidence="fact",
        )
        join_ae = b.parallel(actor="ae", id="join_ae")
        split_zwei = b.parallel(actor="ae", id="split_zwei")
        a11 = b.step(
            {"de": "Anhören", "en": "Hear the applicant"},
            actor="bamf",
            id="a11",
            kind="hearing",
            domain="residence_status",
            channel="in_person",
            retrieves=[{"from": "maris", "data": ["travel_route", "family_members"]}],
            collects=["persecution", "family_members", "occupation"],
            needs=["travel_route", "persecution"],
            records_in=["maris"],
            duration="PT4H",
            wait={"min": "P1M", "max": "P6M"},
            source="LAW:AsylG §§ 24, 25",
            confidence={"default": "fact", "wait": "assumption"},
        )
        a24 = b.step(
            {"de": "Über den Asylantrag entscheiden", "en": "Decide on the asylum application"},
            actor="bamf",
            id="a24",
            kind="decide",
            domain="residence_status",
            channel=["paper_letter", "interface_xoev"],
            needs=["persecution", "travel_route"],
            changes=["status"],
            produces=["decision", "status"],
            records_in=["maris", {"system": "azr", "data": ["decision", "status"]}],
            documents_out=["bamf_bescheid"],
            ends_entitlement=["asylblg"],
            wait={"min": "P1M", "likely": "P3M", "max": "P8M"},
            observed=[{"since": "a10", "mean": "P8M21D", "year": 2024, "source": "DOMAIN:2.5"}],
            source=["LAW:AsylG §§ 24 Abs. 3, 31"],
            confidence={"default": "fact", "wait": "assumption"},
        )
        a12 = b.step(
            {"de": "Zuweisen (landesinterne Verteilung)", "en": "Assign to a municipality"},
            actor="landesbehoerde",
            id="a12",
            kind="distribution",
            domain="housing",
            channel="paper_letter",
            retrieves=[
                {
                    "from": "azr",
                    "data": [
                        "family_name",
                        "given_names",
                        "birth_name",
                        "birth_date",
                        "birth_place",
                        "sex",
                        "nationality",
                        "marital_status",
                        "family_members",
                        "azr_number",
                        "photo",
                        "status",
                    ],
                }
            ],
            needs=["family_name", "given_names", "birth_date", "family_members"],
            produces=["assignment"],
            records_in=[
                {
                    "system": "abh_fv",
                    "data": [
                        "family_name",
                        "given_names",
                        "birth_name",
                        "birth_date",
                        "birth_place",
                        "sex",
                        "nationality",
                        "marital_status",
                        "family_members",
                        "azr_number",
                        "photo",
                        "status",
                    ],
                }
            ],
            documents_out=["zuweisungsbescheid"],
            source=["LAW:AsylG § 50", "W:bamf.de XAusländer"],
            confidence={"default": "fact", "retrieves": "source_needed", "records_in": "source_needed"},
        )
        a13 = b.step(
            {"de": "In der Gemeinschaftsunterkunft unterbringen", "en": "Accommodate in shared housing"},
            actor="unterbringung",
            id="a13",
            kind="accommodate",
            domain="housing",
            channel="file_list",
            documents_in=["zuweisungsbescheid"],
            collects=["family_name", "given_names", "birth_date", "nationality", "sex", "family_members", "illness"],
            needs=["family_name", "given_names", "family_members", "assignment"],
            changes=["address"],
            produces=["address", "housing_provider", "rent"],
            records_in=["belegung"],
            documents_out=["wohnungsgeberbestaetigung"],
            duration="P1D",
            source=["LAW:AsylG § 53", "W:kommune21.de 15.9.2016"],
            confidence={
                "default": "fact",
                "channel": "assumption",
                "records_in": "assumption",
                "produces": "assumption",
            },
        )
        a14 = b.step(
            {"de": "Wohnsitz anmelden", "en": "Register residence"},
            actor="meldebehoerde",
            id="a14",
            kind="registration",
            domain="first_contact",
            channel="in_person",
            initiated_by="person",
            documents_in=["wohnungsgeberbestaetigung", "akn"],
            retrieves=[
                {
                    "from": "melderegister_ae",
                    "data": [
                        "family_name",
                        "given_names",
                        "birth_name",
                        "birth_date",
                        "birth_place",
                        "sex",
                        "nationality",
                        "marital_status",
                    ],
                    "legal_basis": "bmg_23_33",
                }
            ],
            collects=[
                "family_name",
                "given_names",
                "birth_name",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "religion",
                "address",
                "id_document",
                "family_members",
                "housing_provider",
            ],
            needs=["family_name", "given_names", "birth_date", "address", "housing_provider"],
            records_in=["melderegister"],
            documents_out=["meldebestaetigung"],
            deadlines=[{"within": "P14D", "after": "a13", "legal_basis": "bmg_17"}],
            source="LAW:BMG §§ 17, 19, 23",
            confidence="fact",
        )
        a15 = b.step(
            {
                "de": "Antrag auf Leistungen nach dem AsylbLG aufnehmen und bewilligen",
                "en": "Take and grant application for asylum seeker benefits",
            },
            actor="sozialamt",
            id="a15",
            kind="application",
            domain="benefit_receipt",
            regime="asylblg",
            channel="in_person",
            initiated_by="person",
            documents_in=["akn", "gestattung", "meldebestaetigung"],
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "address",
                "family_members",
                "bank_account",
                "assets",
                "income",
                "illness",
            ],
            needs=["family_name", "given_names", "birth_date", "address", "family_members", "assets", "income"],
            produces=["benefit_case"],
            records_in=["sozial_fv"],
            documents_out=["bescheid_asylblg"],
            entitles=["asylblg"],
            starts=["asylblg"],
            stops=["asylblg_ae"],
            duration="P5D",
            source=["LAW:AsylbLG §§ 3, 9 Abs. 3", "LAW:SGB I § 60"],
            confidence={"default": "fact", "duration": "assumption", "stops": "assumption"},
        )
        split_kommune = b.parallel(id="split_kommune")
        a16 = b.step(
            {"de": "Daten mit der Ausländerbehörde abgleichen", "en": "Compare data with the immigration office"},
            actor="sozialamt",
            id="a16",
            with_=["abh"],
            kind="exchange",
            domain="benefit_receipt",
            channel=["email", "file_list"],
            needs=[
                "family_name",
                "given_names",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "address",
                "status",
                "family_members",
            ],
            wait="P10D",
            source="LAW:AsylbLG § 11 Abs. 3",
            confidence={"default": "fact", "channel": "assumption", "wait": "assumption"},
        )
        ende_abgleich = b.end({"de": "Daten abgeglichen", "en": "Data compared"}, id="ende_abgleich")
        a17 = b.step(
            {
                "de": "Akte anlegen und Aufenthaltsgestattung verlängern",
                "en": "Open file and extend permission to stay",
            },
            actor="abh",
            id="a17",
            kind="permit",
            domain="residence_status",
            channel=["interface_xoev", "in_person"],
            documents_in=["gestattung"],
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "family_members",
                "photo",
                "address",
            ],
            needs=["family_name", "given_names", "birth_date", "address", "status"],
            records_in=["abh_fv", {"system": "azr", "data": ["address"]}],
            documents_out=["gestattung"],
            repeats={"max": 4, "every": {"min": "P3M", "max": "P6M"}, "until": "a24"},
            source=["LAW:AsylG § 63 Abs. 2"],
            confidence={"default": "fact", "collects": "assumption", "repeats.max": "assumption"},
        )
        a18 = b.step(
            {"de": "Wohnsitz- und räumliche Beschränkung prüfen", "en": "Check residence and movement restrictions"},
            actor="abh",
            id="a18",
            kind="decide",
            domain="residence_status",
            retrieves=[{"from": "azr", "data": ["status", "address"]}],
            needs=["status", "address"],
            source="DOMAIN:5a",
            confidence="fact",
        )
        ende_gestattung = b.end(
            {"de": "Gestattung verlängert", "en": "Permission to stay extended"}, id="ende_gestattung"
        )
        a19 = b.step(
            {
                "de": "Krankenbehandlung sicherstellen (Behandlungsschein oder § 264 SGB V)",
                "en": "Secure medical treatment (voucher or § 264 SGB V)",
            },
            actor="sozialamt",
            id="a19",
            with_=["krankenkasse"],
            kind="benefit_pay",
            domain="health",
            regime="asylblg",
            channel="paper_letter",
            needs=["family_name", "given_names", "birth_date", "address", "family_members"],
            documents_out=["behandlungsschein"],
            starts=["hilfe_264"],
            wait="P3D",
            source="LAW:SGB V § 264",
            confidence={"default": "fact", "wait": "assumption"},
        )
        ende_kranken = b.end(
            {"de": "Krankenbehandlung gesichert", "en": "Medical treatment secured"}, id="ende_kranken"
        )
        a20 = b.step(
            {
                "de": "Kind zur Schule anmelden (Seiteneinsteigerberatung)",
                "en": "Enrol child in school (counselling for newly arrived pupils)",
            },
            actor="ki",
            id="a20",
            for_=["kind6"],
            kind="enrol",
            domain="education",
            channel="in_person",
            initiated_by="person",
            collects=["child_names", "child_birth_dates", "languages", "school_history", "vaccination"],
            needs=["child_names", "child_birth_dates", "languages", "school_history", "vaccination"],
            records_in=["schuldatei"],
            wait={"min": "P4W", "max": "P12W"},
            source="W:info-gefluechtete-in-selm.de",
            confidence="assumption",
        )
        s20 = b.step(
            {"de": "Kind in die Schule aufnehmen", "en": "Admit child to school"},
            actor="schule",
            id="s20",
            for_=["kind6"],
            kind="enrol",
            domain="education",
            needs=["child_names", "school_history", "vaccination"],
            source="DOMAIN:5a H22",
            confidence="assumption",
        )
        ende_schule = b.end({"de": "Kind geht zur Schule", "en": "Child goes to school"}, id="ende_schule")
        a21 = b.step(
            {"de": "Platz im Berufskolleg vermitteln", "en": "Find a place at the vocational college"},
            actor="ki",
            id="a21",
            for_=["kind15"],
            kind="enrol",
            domain="education",
            channel="in_person",
            initiated_by="person",
            collects=["child_names", "child_birth_dates", "languages", "school_history", "vaccination"],
            needs=["child_names", "child_birth_dates", "languages", "school_history"],
            records_in=["schuldatei"],
            source="DOMAIN:5a",
            confidence="assumption",
        )
        s21 = b.step(
            {"de": "Jugendlichen aufnehmen", "en": "Admit adolescent"},
            actor="schule",
            id="s21",
            for_=["kind15"],
            kind="enrol",
            domain="education",
            needs=["child_names", "school_history"],
            source="DOMAIN:5a H22",
            confidence="assumption",
        )
        ende_kolleg = b.end(
            {"de": "Jugendlicher besucht das Berufskolleg", "en": "Adolescent attends the vocational college"},
            id="ende_kolleg",
        )
        a22 = b.step(
            {"de": "Erstgespräch Arbeitsmarkt führen", "en": "Hold first labour market interview"},
            actor="agentur",
            id="a22",
            kind="counsel",
            domain="employment",
            regime="sgb3",
            channel="in_person",
            initiated_by="person",
            documents_in=["gestattung"],
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "school_education",
                "occupation",
                "languages",
                "labour_market_status",
            ],
            needs=["school_education", "occupation", "languages", "labour_market_status"],
            records_in=["verbis"],
            wait="P4W",
            source="LAW:AZRG § 18b",
            confidence={"default": "fact", "wait": "assumption", "collects": "assumption", "needs": "assumption"},
        )
        ende_arbeit = b.end({"de": "Profil angelegt", "en": "Profile created"}, id="ende_arbeit")
        a23 = b.step(
            {"de": "Zulassung zum Integrationskurs beantragen", "en": "Decide on admission to the integration course"},
            actor="bamf",
            id="a23",
            with_=["kurstraeger"],
            kind="application",
            domain="language",
            channel=["paper_letter", "online_service"],
            initiated_by="person",
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "address",
                "nationality",
                "education_level",
                "literacy",
                "languages",
            ],
            needs=["family_name", "given_names", "birth_date", "address", "education_level", "literacy"],
            produces=["course_obligation"],
            records_in=["inge"],
            documents_out=["zulassung_kurs"],
            duration="P6W",
            source="LAW:IntV §§ 5, 7",
            confidence={"default": "fact", "duration": "assumption"},
        )
        ende_zulassung = b.end({"de": "Zur Teilnahme zugelassen", "en": "Admitted to the course"}, id="ende_zulassung")
        join_bescheid = b.parallel(actor="bamf", id="join_bescheid")
        entscheidung = b.exclusive(
            {"de": "Flüchtlingseigenschaft zuerkannt?", "en": "Recognised as a refugee?"},
            actor="bamf",
            id="entscheidung",
            source="LAW:AsylG § 31",
            confidence="fact",
        )
        ende_abgelehnt = b.end(
            {"de": "Asylantrag abgelehnt", "en": "Asylum application rejected"},
            actor="bamf",
            id="ende_abgelehnt",
            description="Klage und Duldung sind nicht modelliert",
        )
        split_anerkannt = b.parallel(actor="bamf", id="split_anerkannt")
        a25 = b.step(
            {"de": "Anerkennung zur Kenntnis nehmen", "en": "Take note of recognition"},
            actor="sozialamt",
            id="a25",
            kind="notify",
            domain="benefit_receipt",
            regime="asylblg",
            channel="paper_carried",
            initiated_by="person",
            documents_in=["bamf_bescheid"],
            needs=["decision"],
            wait={"min": "P0D", "max": "P30D"},
            source="S1",
            confidence={"default": "fact", "wait": "assumption"},
        )
        a26 = b.step(
            {
                "de": "Leistungen nach dem AsylbLG zum Monatsende einstellen",
                "en": "Stop asylum seeker benefits at the end of the month",
            },
            actor="sozialamt",
            id="a26",
            kind="benefit_end",
            domain="benefit_receipt",
            regime="asylblg",
            channel="paper_letter",
            needs=["decision"],
            produces=["asylblg_end"],
            records_in=["sozial_fv"],
            documents_out=["einstellungsbescheid"],
            stops=[{"benefit": "asylblg", "effective": "month_end"}],
            source="LAW:AsylbLG § 1 Abs. 3",
            confidence="fact",
        )
        ende_asylblg = b.end({"de": "AsylbLG eingestellt", "en": "Asylum seeker benefits stopped"}, id="ende_asylblg")
        p27 = b.step(
            {"de": "Um einen Termin bitten", "en": "Ask for an appointment"},
            actor="person",
            id="p27",
            kind="appointment",
            domain="residence_status",
            source="S1",
            confidence="fact",
        )
        a27 = b.step(
            {"de": "Termin vergeben", "en": "Give appointment"},
            actor="abh",
            id="a27",
            kind="appointment",
            domain="residence_status",
            channel=["phone", "online_service"],
            initiated_by="person",
            appointment_for="a28",
            collects=["family_name", "given_names", "birth_date", "concern"],
            needs=["family_name", "given_names", "birth_date", "concern"],
            source="S1",
            confidence="fact",
        )
        a28 = b.step(
            {
                "de": "Aufenthaltserlaubnis beantragen, Biometrie aufnehmen",
                "en": "Take application for residence permit and biometrics",
            },
            actor="abh",
            id="a28",
            kind="permit",
            domain="residence_status",
            regime="aufenthg",
            channel="in_person",
            documents_in=["bamf_bescheid", "meldebestaetigung"],
            retrieves=[{"from": "azr", "data": ["decision", "status", "azr_number"]}],
            collects=[
                "family_name",
                "given_names",
                "birth_name",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "family_members",
                "id_document",
                "photo",
                "fingerprints",
                "address",
                "education_level",
                "signature",
            ],
            needs=["decision", "photo", "fingerprints", "address", "education_level", "signature"],
            changes=["status"],
            produces=["status", "course_obligation", "residence_obligation"],
            records_in=["abh_fv", {"system": "azr", "data": ["status", "address", "course_obligation"]}],
            documents_out=["fiktionsbescheinigung", "verpflichtung_kurs"],
            status="fiktion",
            duration="PT1H",
            wait={"min": "P8W", "max": "P12W"},
            source=["LAW:AufenthG §§ 12a, 44a, 81", "W:tagesschau.de"],
            confidence={"default": "fact", "wait": "assumption"},
        )
        split_titel = b.parallel(id="split_titel")
        ende_titel = b.end({"de": "Titel beantragt", "en": "Residence permit applied for"}, id="ende_titel")
        eat_herstellung = b.step(
            {"de": "Aufenthaltstitel herstellen", "en": "Produce residence permit"},
            actor="bundesdruckerei",
            id="eat_herstellung",
            responsible="abh",
            kind="permit",
            domain="residence_status",
            needs=["photo", "fingerprints", "address"],
            duration={"min": "P4W", "max": "P6W"},
            source="DOMAIN:2.3",
            confidence="fact",
        )
        a33 = b.step(
            {"de": "Aufenthaltstitel ausgeben", "en": "Hand out residence permit"},
            actor="abh",
            id="a33",
            kind="permit",
            domain="residence_status",
            channel="in_person",
            documents_out=["eat"],
            status="beneficiary_25_2",
            source="DOMAIN:2.3",
            confidence="fact",
        )
        ende_eat = b.end({"de": "Aufenthaltstitel in der Hand", "en": "Residence permit in hand"}, id="ende_eat")
        a34a = b.step(
            {"de": "Zum Integrationskurs anmelden", "en": "Register for integration course"},
            actor="kurstraeger",
            id="a34a",
            kind="registration",
            domain="language",
            channel="in_person",
            initiated_by="person",
            documents_in=["verpflichtung_kurs"],
            retrieves=[{"from": "inge", "data": ["course_obligation"]}],
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "address",
                "nationality",
                "education_level",
                "literacy",
                "languages",
            ],
            needs=[
                "family_name",
                "given_names",
                "birth_date",
                "address",
                "course_obligation",
                "education_level",
                "literacy",
            ],
            records_in=["inge"],
            source=["LAW:IntV §§ 7 Abs. 1, 8 Abs. 2", "DOMAIN:5a A34"],
            confidence="fact",
        )
        a34b = b.step(
            {"de": "Einstufungstest durchführen", "en": "Hold placement test"},
            actor="kurstraeger",
            id="a34b",
            kind="assess",
            domain="language",
            channel="in_person",
            produces=["language_level"],
            records_in=["inge"],
            source=["LAW:IntV §§ 8 Abs. 2, 11 Abs. 2", "DOMAIN:5a A34"],
            confidence="fact",
        )
        a34c = b.step(
            {"de": "Integrationskurs beginnen", "en": "Begin integration course"},
            actor="kurstraeger",
            id="a34c",
            kind="course",
            domain="language",
            channel="in_person",
            needs=["language_level"],
            wait={"min": "P6W", "max": "P14W"},
            deadlines=[
                {
                    "within": "P6W",
                    "after": "a34a",
                    "strength": "should",
                    "legal_basis": "intv_7",
                    "name": {"de": "Kursbeginn nach der Anmeldung", "en": "Start of the course after registration"},
                }
            ],
            source=["LAW:IntV § 7 Abs. 4", "W:bamf.de 28.5.2019", "DOMAIN:5a A34"],
            confidence="fact",
        )
        ende_kurs = b.end({"de": "Integrationskurs begonnen", "en": "Integration course begun"}, id="ende_kurs")
        a29 = b.step(
            {"de": "Konto eröffnen", "en": "Open bank account"},
            actor="bank",
            id="a29",
            kind="registration",
            domain="benefit_receipt",
            channel="in_person",
            initiated_by="person",
            documents_in=["meldebestaetigung"],
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "birth_place",
                "nationality",
                "address",
                "id_document",
            ],
            needs=["family_name", "given_names", "birth_date", "address", "id_document"],
            produces=["bank_account"],
            duration={"min": "P3D", "max": "P10D"},
            source="W:jobcenter-fuerth",
            confidence={"default": "fact", "duration": "assumption"},
        )
        a29_kk = b.step(
            {"de": "Krankenkasse wählen", "en": "Choose health insurer"},
            actor="krankenkasse",
            id="a29_kk",
            kind="registration",
            domain="health",
            channel="in_person",
            initiated_by="person",
            collects=["family_name", "given_names", "birth_date", "nationality", "address", "family_members"],
            needs=["family_name", "given_names", "birth_date", "address"],
            produces=["health_insurer"],
            documents_out=["mitgliedsbescheinigung"],
            source="W:jobcenter-fuerth",
            confidence="fact",
        )
        frueh = b.exclusive(
            {
                "de": "Nimmt das Jobcenter den Antrag ohne Aufenthaltstitel an?",
                "en": "Does the jobcenter accept the application without a residence permit?",
            },
            actor="jobcenter",
            id="frueh",
            source="DOMAIN:5a, Zeitleiste",
            confidence="assumption",
        )
        warten_titel = b.catch(
            {"de": "Fiktionsbescheinigung erhalten", "en": "Provisional certificate received"},
            actor="person",
            id="warten_titel",
            trigger="message",
            source="DOMAIN:5a, Zeitleiste",
            confidence="assumption",
        )
        vor_antrag = b.exclusive(actor="jobcenter", id="vor_antrag")
        a30 = b.step(
            {"de": "Antrag auf Bürgergeld aufnehmen", "en": "Take application for citizen's benefit"},
            actor="jobcenter",
            id="a30",
            kind="application",
            domain="benefit_receipt",
            regime="sgb2",
            channel=["in_person", "paper_carried"],
            initiated_by="person",
            documents_in=[
                "meldebestaetigung",
                "mitgliedsbescheinigung",
                {"any_of": ["fiktionsbescheinigung", "eat", "bamf_bescheid"]},
            ],
            collects=[
                "family_name",
                "given_names",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "address",
                "family_members",
                "bank_account",
                "income",
                "assets",
                "rent",
                "health_insurer",
                "school_education",
                "occupation",
                "status",
            ],
            needs=[
                "family_name",
                "given_names",
                "birth_date",
                "address",
                "family_members",
                "bank_account",
                "income",
                "assets",
                "rent",
                "health_insurer",
                "status",
            ],
            records_in=["sgb2_fv"],
            entitles=["buergergeld"],
            wait={"min": "P0D", "max": "P4W"},
            source=["LAW:SGB II § 37", "W:br.de 6/2022"],
            confidence={"default": "fact", "wait": "assumption"},
        )
        split_antrag = b.parallel(id="split_antrag")
        a31 = b.step(
            {
                "de": "Qualifikation erheben und Kooperationsplan schließen",
                "en": "Ask for qualification and agree on cooperation plan",
            },
            actor="jobcenter",
            id="a31",
            kind="counsel",
            domain="employment",
            regime="sgb2",
            channel="in_person",
            collects=["school_education", "occupation", "languages"],
            needs=["school_education", "occupation", "languages"],
            produces=["work_plan"],
            records_in=["sgb2_fv"],
            wait={"min": "P2W", "max": "P6W"},
            source="S3:05",
            confidence={"default": "fact", "wait": "assumption"},
        )
        ende_beratung = b.end(
            {"de": "Kooperationsplan geschlossen", "en": "Cooperation plan agreed"}, id="ende_beratung"
        )
        a32 = b.step(
            {"de": "Bürgergeld bewilligen und auszahlen", "en": "Grant and pay citizen's benefit"},
            actor="jobcenter",
            id="a32",
            kind="benefit_start",
            domain="benefit_receipt",
            regime="sgb2",
            channel="paper_letter",
            needs=["family_members", "bank_account", "income", "assets", "rent", "status"],
            produces=["sgb2_start"],
            documents_out=["sgb2_bescheid"],
            starts=["buergergeld"],
            wait={"min": "P2W", "max": "P6W"},
            source="DOMAIN:5a",
            confidence={"default": "assumption", "starts": "fact"},
        )
        ende_leistung = b.end({"de": "Bürgergeld läuft", "en": "Citizen's benefit runs"}, id="ende_leistung")

        ankunft >> a01 >> a02 >> a03 >> a04 >> split_ae
        split_ae >> (a05, a06, a07, a09)
        a05 >> join_ae >> split_zwei
        a06 >> join_ae
        a07 >> join_ae
        a09 >> a10 >> a08 >> join_ae
        split_zwei >> (a11, a12)
        a11 >> a24 >> join_bescheid >> entscheidung
        a12 >> a13 >> a14 >> a15 >> split_kommune
        split_kommune >> (a16, a17, a19, a20, a21, a22, a23, join_bescheid)
        a16 >> ende_abgleich
        a17 >> a18 >> ende_gestattung
        a19 >> ende_kranken
        a20 >> s20 >> ende_schule
        a21 >> s21 >> ende_kolleg
        a22 >> ende_arbeit
        a23 >> ende_zulassung
        entscheidung.when({"de": "ja", "en": "yes"}) >> split_anerkannt
        entscheidung.when({"de": "nein", "en": "no"}, default=True) >> ende_abgelehnt
        split_anerkannt >> (a25, p27, a29)
        a25 >> a26 >> ende_asylblg
        p27 >> a27 >> a28 >> split_titel
        split_titel >> (eat_herstellung, a34a, ende_titel)
        eat_herstellung >> a33 >> ende_eat
        a34a >> a34b >> a34c >> ende_kurs
        a29 >> a29_kk >> frueh
        frueh.when({"de": "ja", "en": "yes"}) >> vor_antrag
        frueh.when({"de": "nein", "en": "no"}, default=True) >> warten_titel
        warten_titel >> vor_antrag >> a30 >> split_antrag
        split_antrag >> (a31, a32)
        a31 >> ende_beratung
        a32 >> ende_leistung

        b.handover(
            "a01",
            "a02",
            id="h01",
            channel="paper_carried",
            data=["family_name", "given_names", "birth_date", "nationality"],
            documents=["anlaufbescheinigung"],
            legal_basis="asylg_22",
            agreement="none",
            source="LAW:AsylG §§ 19, 22",
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a02",
            "a03",
            id="h02",
            channel="interface_xoev",
            data=["group_size", "origin_country"],
            legal_basis="asylg_46",
            agreement="not_needed",
            source="LAW:AsylG § 46",
            confidence="fact",
        )
        b.handover(
            "a04",
            "a06",
            id="h04",
            channel="interface_xoev",
            via="azr",
            data=[
                "family_name",
                "given_names",
                "birth_name",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "address",
            ],
            legal_basis="azrg_18e",
            agreement="not_needed",
            source=["LAW:AZRG § 18e", "LAW:BMG § 23 Abs. 6"],
            confidence="fact",
        )
        b.handover(
            "a04",
            "a05",
            id="h05a",
            channel=["paper_letter", "paper_carried"],
            data=["family_name", "given_names", "birth_date"],
            legal_basis="asylg_62",
            source=["LAW:AsylG § 62", "LAW:IfSG § 36 Abs. 4"],
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a05",
            "a08",
            id="h05b",
            channel=["paper_letter", "paper_carried"],
            data=["health_finding", "health_examined"],
            legal_basis="asylg_62",
            source="LAW:AsylG § 62",
            confidence={"default": "fact", "channel": "assumption", "to": "assumption"},
        )
        b.handover(
            "a12",
            "a13",
            id="h06",
            channel="file_list",
            data=["family_name", "given_names", "birth_date", "family_members", "assignment"],
            legal_basis="asylg_50",
            agreement="none",
            source=["LAW:AsylG § 50", "W:kommune21.de 15.9.2016"],
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a12",
            "a17",
            id="h07",
            channel="interface_xoev",
            data=[
                "family_name",
                "given_names",
                "birth_name",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "family_members",
                "azr_number",
                "photo",
                "status",
            ],
            legal_basis="azrg_14",
            agreement="not_needed",
            source="GK",
            confidence="source_needed",
        )
        b.handover(
            "a14",
            "a15",
            id="h09a",
            channel="paper_carried",
            data=["address"],
            documents=["meldebestaetigung"],
            legal_basis="bmg_34",
            agreement="none",
            source="GK",
            confidence="assumption",
        )
        b.handover(
            "a14",
            "a17",
            id="h09b",
            channel="paper_carried",
            data=["address"],
            documents=["meldebestaetigung"],
            legal_basis="bmg_34",
            agreement="none",
            source="GK",
            confidence="assumption",
        )
        b.handover(
            "a17",
            "a16",
            id="h10a",
            channel=["email", "file_list"],
            data=[
                "family_name",
                "given_names",
                "birth_date",
                "birth_place",
                "sex",
                "nationality",
                "marital_status",
                "address",
                "status",
                "family_members",
            ],
            legal_basis="asylblg_11_3",
            agreement="none",
            source=["LAW:AsylbLG § 11 Abs. 3", "S1:07"],
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a16",
            "a18",
            id="h10b",
            channel=["email", "file_list"],
            data=["address", "family_members"],
            legal_basis="asylblg_11_3",
            agreement="none",
            source="LAW:AsylbLG § 11 Abs. 3",
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a19",
            {"actor": "krankenkasse"},
            id="h11",
            channel="paper_letter",
            data=["family_name", "given_names", "birth_date", "address", "family_members"],
            legal_basis="sgb5_264",
            source="LAW:SGB V § 264",
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a15",
            "a22",
            id="h12",
            channel="none",
            data="none",
            wanted=["school_education", "occupation"],
            agreement="none",
            source="LAW:AZRG § 18b",
            confidence={"default": "fact", "channel": "assumption"},
            description="nichts wird übermittelt; Abruf nach § 18b wäre möglich",
        )
        b.handover(
            "a24",
            "a28",
            id="h13",
            channel=["paper_letter", "interface_xoev"],
            data=["decision", "status"],
            legal_basis="asylg_24_3",
            agreement="not_needed",
            source="LAW:AsylG § 24 Abs. 3",
            confidence="fact",
        )
        b.handover(
            "a24",
            "a25",
            id="h14",
            channel="paper_carried",
            data=["decision", "status"],
            documents=["bamf_bescheid"],
            legal_basis="none",
            agreement="none",
            consent="none",
            source="S1",
            confidence="fact",
        )
        b.handover(
            "a26",
            "a30",
            id="h15a",
            channel="paper_carried",
            data=["family_name", "given_names", "birth_date", "family_members", "rent", "bank_account"],
            documents=["einstellungsbescheid"],
            legal_basis="not_needed",
            agreement="none",
            consent="not_needed",
            source=["S1:05", "S1:06", "W:br.de 6/2022"],
            confidence={"default": "fact", "data": "assumption"},
            description="das Jobcenter tippt ab",
        )
        b.handover(
            "a26",
            "a30",
            id="h15b",
            channel=["phone", "email"],
            data=["asylblg_end", "rent", "bank_account", "health_insurer", "school_education", "occupation"],
            legal_basis="none",
            agreement="none",
            consent="none",
            source=["S1:05", "S1:06", "LAW:AsylbLG § 9 Abs. 4", "LAW:SGB X §§ 67 ff."],
            confidence={"default": "fact", "channel": "assumption", "legal_basis": "source_needed"},
            description="AsylbLG § 9 Abs. 4 macht SGB X §§ 67 ff. nicht anwendbar: Einwilligung erforderlich, sie fehlt; Landesdatenschutzrecht ist nicht geprüft",
        )
        b.handover(
            "a32",
            "a26",
            id="h16",
            channel="paper_letter",
            data=["sgb2_start"],
            legal_basis="asylblg_9_4",
            agreement="none",
            source=["LAW:SGB X §§ 102 ff.", "LAW:AsylbLG § 9 Abs. 4"],
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "p27",
            "a27",
            id="h17",
            channel=["phone", "online_service"],
            data="none",
            agreement="not_needed",
            source="S1:08",
            confidence="fact",
            description="die Angaben der Person stehen in a27.collects",
        )
        b.handover(
            "a28",
            "eat_herstellung",
            id="h18a",
            channel="interface_xoev",
            data=[
                "family_name",
                "given_names",
                "birth_date",
                "nationality",
                "photo",
                "fingerprints",
                "address",
                "status",
            ],
            legal_basis="aufenthg_78",
            agreement="not_needed",
            source="GK",
            confidence="source_needed",
        )
        b.handover(
            "eat_herstellung",
            "a33",
            id="h18b",
            channel="interface_xoev",
            data="none",
            documents=["eat"],
            legal_basis="aufenthg_78",
            agreement="not_needed",
            source="GK",
            confidence="source_needed",
        )
        b.handover(
            "a28",
            "a34a",
            id="h19a",
            channel="paper_carried",
            data=["course_obligation", "education_level"],
            documents=["verpflichtung_kurs"],
            legal_basis="intv_8",
            agreement="none",
            source="LAW:IntV § 8",
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a31",
            "a34a",
            id="h19b",
            channel="paper_carried",
            data=["education_level"],
            legal_basis="intv_8",
            agreement="none",
            source="LAW:IntV § 8",
            confidence={"default": "fact", "channel": "assumption"},
        )
        b.handover(
            "a22",
            "a31",
            id="h20",
            channel="none",
            data="none",
            wanted=["school_education", "occupation", "languages"],
            legal_basis="sgb2_50",
            source=["LAW:SGB II § 50", "LAW:SGB X § 69", "DOMAIN:5a H20"],
            confidence={"default": "fact", "channel": "assumption"},
            description="nichts wird übermittelt; VerBIS steht nur auf Seiten der Agentur, das Jobcenter der Optionskommune liest es nicht",
        )
        b.handover(
            "a14",
            "none",
            id="h21",
            channel="none",
            data="none",
            wanted=["family_name", "phone"],
            legal_basis="none",
            agreement="none",
            consent="none",
            source="S1:16",
            confidence="fact",
            description="Willkommensberatung erfährt nichts; Informationspflicht fehlt",
        )
        b.handover(
            "a20",
            "s20",
            id="h22a",
            channel=["email", "file_list"],
            data=["child_names", "child_birth_dates", "school_history", "vaccination"],
            legal_basis="schulg_nrw",
            source="GK",
            confidence="assumption",
        )
        b.handover(
            "a21",
            "s21",
            id="h22b",
            channel=["email", "file_list"],
            data=["child_names", "child_birth_dates", "school_history", "vaccination"],
            legal_basis="schulg_nrw",
            source="GK",
            confidence="assumption",
        )
        b.handover(
            "a28",
            "warten_titel",
            id="h_titel",
            waits=True,
            channel="in_person",
            data="none",
            documents=["fiktionsbescheinigung"],
            agreement="not_needed",
            source="DOMAIN:5a",
            confidence="assumption",
        )
    return b.build()
