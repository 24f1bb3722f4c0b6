"""The phrases that Lex's built-in intents are recognised by, besides a bot's own samples for them.

Source: developer guide, "Built-in intents": each has common phrases of its own, and more may be
added. Those of languages without a list here are recognised by the bot's own samples alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.definition.model import BotLocale, Intent

_ENGLISH = {
    "Cancel": "cancel; cancel that; cancel it; never mind; nevermind; forget it; forget that",
    "Help": "help; help me; can you help me; i need help; what can you do; what can i say",
    "Pause": "pause; pause that; pause it; wait a moment; hold on",
    "Repeat": "repeat; repeat that; say that again; say it again; can you repeat that; once more",
    "Resume": "resume; continue; keep going; go on",
    "StartOver": "start over; restart; start again; begin again; from the beginning",
    "Stop": "stop; stop it; stop that; off; shut up; be quiet",
}
_SPANISH = {
    "Cancel": "cancelar; cancela; cancela eso; no importa; olvídalo; déjalo",
    "Help": "ayuda; ayúdame; necesito ayuda; puedes ayudarme; qué puedes hacer",
    "Pause": "pausa; pausar; espera un momento; un momento",
    "Repeat": "repite; repítelo; repite eso; otra vez; dilo otra vez; puedes repetir",
    "Resume": "reanudar; continúa; continuar; sigue",
    "StartOver": "empezar de nuevo; empieza de nuevo; desde el principio; volver a empezar",
    "Stop": "para; detente; basta; parar; alto",
}
_FRENCH = {
    "Cancel": "annuler; annule; annulez; laisse tomber; oublie ça",
    "Help": "aide; aidez-moi; aide-moi; à l'aide; que peux-tu faire",
    "Pause": "pause; attends un instant; un instant",
    "Repeat": "répète; répétez; redis-le; encore une fois",
    "Resume": "reprendre; continue; continuez",
    "StartOver": "recommencer; recommence; depuis le début",
    "Stop": "stop; arrête; arrêtez",
}
_GERMAN = {
    "Cancel": "abbrechen; abbruch; vergiss es; egal",
    "Help": "hilfe; hilf mir; ich brauche hilfe; was kannst du",
    "Pause": "pause; moment; einen moment",
    "Repeat": "wiederholen; wiederhole das; noch einmal; nochmal bitte",
    "Resume": "weiter; fortsetzen; mach weiter",
    "StartOver": "von vorne; neu anfangen; noch einmal von vorne",
    "Stop": "stopp; stop; halt; aufhören",
}
_ITALIAN = {
    "Cancel": "annulla; annullare; lascia perdere",
    "Help": "aiuto; aiutami; ho bisogno di aiuto; cosa puoi fare",
    "Pause": "pausa; un momento; aspetta",
    "Repeat": "ripeti; ripetere; di nuovo; ancora una volta",
    "Resume": "riprendi; continua; continuare",
    "StartOver": "ricomincia; ricominciare; dall'inizio",
    "Stop": "stop; ferma; fermati; basta",
}
_PORTUGUESE = {
    "Cancel": "cancelar; cancela; deixa pra lá; esquece",
    "Help": "ajuda; me ajuda; preciso de ajuda; o que você pode fazer",
    "Pause": "pausa; pausar; um momento; espera",
    "Repeat": "repetir; repete; de novo; outra vez",
    "Resume": "continuar; continua; retomar",
    "StartOver": "recomeçar; começar de novo; do início",
    "Stop": "parar; pare; para; chega",
}
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "es": _SPANISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
}


def with_own_phrases(locale: BotLocale) -> BotLocale:
    """`locale` with the phrases of its built-in intents among their sample utterances.

    A phrase that another intent of the bot has as a sample stays that intent's.
    """
    taken = {u.casefold() for intent in locale.intents.values() for u in intent.utterances}
    return replace(
        locale,
        intents={
            name: _with_phrases(intent, phrases_of(intent.parent, locale.locale_id), taken)
            for name, intent in locale.intents.items()
        },
    )


def phrases_of(signature: str | None, locale_id: str) -> tuple[str, ...]:
    """The phrases of a built-in intent such as `AMAZON.HelpIntent`; none for any other."""
    name = (signature or "").removeprefix("AMAZON.").removesuffix("Intent")
    listed = _PHRASES.get(locale_id[:2], {}).get(name, "")
    return tuple(phrase for phrase in listed.split("; ") if phrase)


def _with_phrases(intent: Intent, phrases: tuple[str, ...], taken: set[str]) -> Intent:
    fresh = tuple(phrase for phrase in phrases if phrase not in taken)
    return replace(intent, utterances=intent.utterances + fresh) if fresh else intent
