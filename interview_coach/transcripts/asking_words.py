"""What asks in other languages than English although it has no question mark: requests as interviewers make them.

Only the beginnings of words are named, since languages bend their ends. They are looked for where a sentence begins,
but in scripts that have no spaces anywhere.
"""

import re
from functools import cache

#: Where a sentence or a part of one begins.
_BEGINNING = (
    r"(?:^|[.!:;,।–—]\s*|\n\s*|\b(?:bitte|por favor|s'il vous plaît|пожалуйста|теперь|und|y|et|e)[,]? )[\"“«¡]?"
)
#: A bar stands for the space between two words.
_REQUESTS = """
háblame hábleme háblenos cuéntame cuénteme cuéntanos cuéntenos dígame dime describa explique explica explícame
preséntese preséntate mencione menciona defina
parlez décrivez expliquez présentez racontez dites|nous dites-moi dites-nous citez donnez comparez
définissez détaillez parle-moi
erzählen|sie erzähl|mal beschreiben|sie erklären|sie nennen|sie schildern|sie
beschreib|mal erklär|mal stellen|sie|sich stell|dich definieren|sie vergleichen|sie geben|sie
fale|sobre fale|me|de fale-me conte|sobre conte|me conte-me descreva descreve apresente defina
mi|parli parlami parli|di descriva descrivi spieghi spiega raccont si|presenti presentati definisca mi|racconti
расскаж опиш объясн назов представьтесь поясн приведите сравн перечисл дайте определ давайте|поговорим
розкаж опиш поясн назв
opowiedz opisz wyjaśnij proszę wymień
vertel beschrijf noem
اشرح حدثن أخبرن صف اذكر عرف تحدث قارن
"""
_ANYWHERE = (
    r"说说|谈谈|讲讲|聊聊|说一下|讲一下|介绍一?下|自我介绍|描述一?下|解释一?下|举例|简述|简单介绍|谈一谈|说一说|"
    r"お願いします|教えて|聞かせて|説明し|述べて|"
    r"주세요|주십시오|말씀해|해\s?보세요|"
    r"बताइए|बताइये|बताएं|बताएँ|बताओ|दीजिए|दीजिये|समझाइए|समझाएं|कीजिए|"
    r"bata(?:iye|yen|yie|iyega|ye)\b|samjha(?:iye|yen)\b|dijiye\b|"
    r"বলুন|சொல்லுங்கள்|చెప్పండి|"
    r"anlatın|açıklayın|tanıtın|bahsedin|anlatır mısın|bahseder misin"
)


def requests_elsewhere(text: str) -> bool:
    """Return whether a text requests something in a language other than English."""
    lower = text.lower()
    return re.search(_ANYWHERE, lower) is not None or re.search(_pattern(), lower) is not None


@cache
def _pattern() -> str:
    words = "|".join(word.replace("|", r"\s+") for word in _REQUESTS.split())
    return rf"{_BEGINNING}(?:{words})"
