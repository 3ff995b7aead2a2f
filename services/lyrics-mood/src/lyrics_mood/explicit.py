"""Strong language in lyrics, found by a short list of English words."""

import re
import unicodedata

# Words that hardly anybody finds mild, with their inflections. Words that are mild or often mean something else (damn,
# hell, ass, dick, whore) are left out. "fuck" also counts inside a longer word: no mild English word contains it.
_STRONG = re.compile(
    r"""fuck
      | \b(?:
            (?:ape|bull|chicken|dip|horse)?shit(?:s|e|ty|tin|ting|ted|ter|heads?|holes?|loads?|less)?
          | bitch(?:es|y|in|ing|ed|ass)?
          | nigg(?:as?|ahs?|az|ers?|uhs?)
          | m[ou]th(?:er|a)f
          | cunts?
          | puss(?:y|ies)
          | (?:ass|arse)holes?
          | cocksuck(?:as?|ers?|in|ing)
          | sluts?
          | faggots?
        )\b""",
    re.VERBOSE,
)
_MASKED = re.compile(r"\b(?:(?:motherf|[bcfnp]|sh?)\*{2,}|f[u*]?\*c?k|sh\*t|b\*tch|c\*nt|n\*gg)")


def is_explicit(text: str) -> bool:
    """Return whether a text has strong English words, for which music services mark a song. "f**k" counts, too."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return bool(_STRONG.search(plain) or _MASKED.search(plain))
