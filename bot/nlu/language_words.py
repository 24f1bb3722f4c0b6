"""The words for days, times and numbers in the languages besides English that are read.

Months and weekdays stand in calendar order; forms of one word are parted by a stroke.
"""

from __future__ import annotations

MONTHS = {
    "pt": "janeiro fevereiro março/marco abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "fr": "janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre"
    " décembre/decembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "de": "januar/jänner februar märz/maerz april mai juni juli august september oktober november"
    " dezember",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}

WEEKDAYS = {
    "pt": "segunda/segunda-feira terça/terca/terça-feira quarta/quarta-feira quinta/quinta-feira"
    " sexta/sexta-feira sábado/sabado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì/lunedi martedì/martedi mercoledì/mercoledi giovedì/giovedi venerdì/venerdi sabato"
    " domenica",
    "de": "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ja": "月曜日/月曜 火曜日/火曜 水曜日/水曜 木曜日/木曜 金曜日/金曜 土曜日/土曜 日曜日/日曜",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "zh": "星期一/周一/週一 星期二/周二/週二 星期三/周三/週三 星期四/周四/週四 星期五/周五/週五"
    " 星期六/周六/週六 星期日/星期天/周日/週日",
}

NUMBERS = {
    "pt": (
        "0:zero 2:dois/duas 3:três/tres 4:quatro 5:cinco 6:seis 7:sete 8:oito 9:nove"
        " 10:dez 11:onze 12:doze 13:treze 14:quatorze/catorze 15:quinze 16:dezesseis/dezasseis"
        " 17:dezessete/dezassete 18:dezoito 19:dezenove/dezanove 20:vinte 30:trinta 40:quarenta"
        " 50:cinquenta 60:sessenta 70:setenta 80:oitenta 90:noventa 100:cem 200:duzentos"
        " 300:trezentos 500:quinhentos 1000:mil",
        "{ten} e {unit}",
    ),
    "fr": (
        "0:zéro 2:deux 3:trois 4:quatre 5:cinq 6:six 7:sept 8:huit 9:neuf 10:dix 11:onze"
        " 12:douze 13:treize 14:quatorze 15:quinze 16:seize 20:vingt 30:trente 40:quarante"
        " 50:cinquante 60:soixante 100:cent 1000:mille",
        "{ten} - {unit}",
    ),
    "it": (
        "0:zero 2:due 3:tre 4:quattro 5:cinque 6:sei 7:sette 8:otto 9:nove 10:dieci"
        " 11:undici 12:dodici 13:tredici 14:quattordici 15:quindici 16:sedici 17:diciassette"
        " 18:diciotto 19:diciannove 20:venti 30:trenta 40:quaranta 50:cinquanta 60:sessanta"
        " 70:settanta 80:ottanta 90:novanta 100:cento 1000:mille",
        "{ten}{unit}",
    ),
    "de": (
        "0:null 1:eins 2:zwei/zwo 3:drei 4:vier 5:fünf 6:sechs 7:sieben 8:acht"
        " 9:neun 10:zehn 11:elf 12:zwölf 13:dreizehn 14:vierzehn 15:fünfzehn 16:sechzehn"
        " 17:siebzehn 18:achtzehn 19:neunzehn 20:zwanzig 30:dreißig/dreissig 40:vierzig"
        " 50:fünfzig 60:sechzig 70:siebzig 80:achtzig 90:neunzig 100:hundert/einhundert"
        " 1000:tausend/eintausend",
        "{unit}und{ten}",
    ),
    "nl": (
        "0:nul 1:één 2:twee 3:drie 4:vier 5:vijf 6:zes 7:zeven 8:acht 9:negen 10:tien 11:elf"
        " 12:twaalf 13:dertien 14:veertien 15:vijftien 20:twintig 30:dertig 40:veertig 50:vijftig"
        " 60:zestig 70:zeventig 80:tachtig 90:negentig 100:honderd 1000:duizend",
        "{unit}en{ten}",
    ),
}

ARTICLES = {
    "pt": "um uma",
    "fr": "un une",
    "it": "un una uno",
    "de": "ein eine einen",
    "nl": "een",
}
"""One when nothing else is said, an article otherwise."""

DAY_WORDS = {
    "pt": "hoje=today; amanhã/amanha=tomorrow; depois de amanhã=day after tomorrow;"
    " ontem=yesterday; esta noite/hoje à noite=tonight; próximo/proximo=next;"
    " próxima/proxima=next; este/esta=this; passado/passada=last; semana=week;"
    " semanas=weeks; mês/mes=month; meses=months; dia=day; dias=days; ano=year;"
    " anos=years; hora=hour; minutos=minutes; minuto=minute; de=of; do=of;"
    " daqui a=in; meio-dia/meio dia=noon; meia-noite/meia noite=midnight; às=at;"
    " as=at; à=at; e meia=: 30; e quinze=: 15; horas=o'clock;"
    " da manhã/da manha=in the morning; da tarde=in the afternoon; da noite=at night;"
    " semana que vem=next week; mês que vem=next month; primeiro=1;"
    " por cento=percent; dólares=dollars",
    "fr": "aujourd'hui=today; demain=tomorrow;"
    " après-demain/après - demain=day after tomorrow; hier=yesterday;"
    " ce soir=tonight; ce/cette=this; semaine=week; semaines=weeks; mois=month;"
    " jour=day; jours=days; an=year; ans=years; année=year;"
    " la semaine prochaine=next week; le mois prochain=next month; heure=o'clock;"
    " heures=o'clock; minutes=minutes; midi=noon; minuit=midnight; à=at;"
    " heures et demie=: 30; heures et quart=: 15; heures trente=: 30;"
    " heures quinze=: 15; du matin=in the morning;"
    " de l'après-midi/de l'après - midi=in the afternoon; du soir=at night; dans=in;"
    " premier=1; pour cent=percent; dollars=dollars",
    "it": "oggi=today; domani=tomorrow; dopodomani=day after tomorrow; ieri=yesterday;"
    " stasera=tonight; prossimo/prossima=next; questo/questa=this;"
    " scorso/scorsa=last; settimana=week; settimane=weeks; mese=month; mesi=months;"
    " giorno=day; giorni=days; anno=year; anni=years; ora=hour; ore=hours;"
    " minuti=minutes; tra/fra=in; mezzogiorno=noon; mezzanotte=midnight; alle=at;"
    " alle ore=at; all'=at; e mezza/e mezzo=: 30; e un quarto=: 15;"
    " di mattina/del mattino=in the morning; del pomeriggio=in the afternoon;"
    " di sera/della sera=at night; di=of; primo=1; per cento=percent",
    "de": "heute=today; morgen=tomorrow; übermorgen=day after tomorrow; gestern=yesterday;"
    " heute abend=tonight; nächste/nächsten/nächster/nächstes=next;"
    " diese/diesen/dieser/dieses=this; letzte/letzten/letzter=last; woche=week;"
    " wochen=weeks; monat=month; monate/monaten=months; tag=day; tage/tagen=days;"
    " jahr=year; jahre/jahren=years; stunde=hour; stunden=hours; minuten=minutes;"
    " mittag=noon; mitternacht=midnight; um=at; uhr=o'clock; in=in;"
    " uhr morgens/morgens=in the morning;"
    " uhr nachmittags/nachmittags=in the afternoon; uhr abends/abends=at night;"
    " prozent=percent; uhr dreißig=: 30",
    "nl": "vandaag=today; morgen=tomorrow; overmorgen=day after tomorrow;"
    " gisteren=yesterday; vanavond=tonight; volgende=next; deze=this; vorige=last;"
    " week=week; weken=weeks; maand=month; maanden=months; dag=day; dagen=days;"
    " jaar=year; uur=o'clock; om=at; over=in; middag=noon; middernacht=midnight;"
    " 's ochtends=in the morning; 's middags=in the afternoon; 's avonds=at night;"
    " procent=percent",
    "ja": "今日=today; 明日=tomorrow; あした=tomorrow; 明後日=day after tomorrow;"
    " あさって=day after tomorrow; 昨日=yesterday; 今夜=tonight; 来週=next week;"
    " 今週=this week; 来月=next month; 午前=this morning; 午後=this afternoon;"
    " 時半=: 30; 時=o'clock; 正午=noon; 分=minutes; の=; 年=YEAR; 月=MONTH; 日=DAY",
    "ko": "오늘=today; 내일=tomorrow; 모레=day after tomorrow; 어제=yesterday;"
    " 오늘밤=tonight; 다음주=next week; 다음 주=next week; 이번 주=this week;"
    " 다음 달=next month; 오전=this morning; 오후=this afternoon; 시 반=: 30;"
    " 시=o'clock; 정오=noon; 자정=midnight; 년=YEAR; 월=MONTH; 일=DAY",
    "zh": "今天=today; 今日=today; 明天=tomorrow; 聽日=tomorrow; 后天=day after tomorrow;"
    " 後天=day after tomorrow; 昨天=yesterday; 今晚=tonight; 下周=next week;"
    " 下週=next week; 上午=this morning; 下午=this afternoon; 点半=: 30; 點半=: 30;"
    " 点=o'clock; 點=o'clock; 中午=noon; 年=YEAR; 月=MONTH; 日=DAY; 号=DAY; 號=DAY",
}
