"""Countries, states and large cities by name, for slots that ask for a place.

Names are not made official: "the US" stays as said (Lex V2 developer guide, AMAZON.Country).
"""

from __future__ import annotations

COUNTRIES = tuple(
    "Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan"
    "|Bahamas"
    "|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana"
    "|Brazil"
    "|Brunei|Bulgaria|Burundi|Cambodia|Cameroon|Canada|Chad|Chile|China|Colombia|Congo|Costa Rica"
    "|Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominica|Dominican Republic"
    "|Ecuador"
    "|Egypt|El Salvador|England|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia"
    "|Georgia|Germany|Ghana|Greece|Grenada|Guatemala|Guinea|Guyana|Haiti|Honduras|Hong Kong|Hungary"
    "|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan"
    "|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya"
    "|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania"
    "|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal"
    "|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Northern Ireland"
    "|Norway|Oman|Pakistan|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland"
    "|Portugal"
    "|Qatar|Romania|Russia|Rwanda|Samoa|San Marino|Saudi Arabia|Scotland|Senegal|Serbia|Seychelles"
    "|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain"
    "|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo"
    "|Tonga|Trinidad|Tunisia|Turkey|Turkmenistan|UAE|UK|US|USA|Uganda|Ukraine|United Arab Emirates"
    "|United Kingdom|United States|United States of America|Uruguay|Uzbekistan|Vanuatu|Vatican City"
    "|Venezuela|Vietnam|Wales|Yemen|Zambia|Zimbabwe".split("|")
)
STATES = tuple(
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia"
    "|Hawaii"
    "|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan"
    "|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico"
    "|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island"
    "|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia"
    "|Wisconsin|Wyoming|District of Columbia|Puerto Rico|Ontario|Quebec|British Columbia|Alberta"
    "|Manitoba|Saskatchewan|Nova Scotia|New South Wales|Victoria|Queensland|Tasmania".split("|")
)
CITIES = tuple(
    "New York|New York City|Los Angeles|Chicago|Houston|Phoenix|Philadelphia|San Antonio|San Diego"
    "|Dallas|San Jose|Austin|Jacksonville|Fort Worth|Columbus|Charlotte|San Francisco|Indianapolis"
    "|Seattle|Denver|Boston|Nashville|Detroit|Oklahoma City|Portland|Las Vegas|Memphis|Louisville"
    "|Baltimore|Milwaukee|Albuquerque|Tucson|Fresno|Sacramento|Kansas City|Atlanta|Omaha|Raleigh"
    "|Miami|Oakland|Minneapolis|Tulsa|Tampa|Arlington|New Orleans|Cleveland|Honolulu|Pittsburgh"
    "|Cincinnati|Orlando|Newark|Buffalo|Salt Lake City|Richmond|Washington DC|Toronto|Montreal"
    "|Vancouver|Calgary|Ottawa|Mexico City|Guadalajara|London|Manchester|Birmingham|Leeds|Liverpool"
    "|Glasgow|Edinburgh|Cardiff|Belfast|Bristol|Dublin|Paris|Lyon|Marseille|Berlin|Munich|Hamburg"
    "|Frankfurt|Cologne|Madrid|Barcelona|Valencia|Seville|Lisbon|Porto|Rome|Milan|Naples|Turin"
    "|Vienna|Zurich|Geneva|Brussels|Amsterdam|Rotterdam|Copenhagen|Stockholm|Oslo|Helsinki|Warsaw"
    "|Krakow|Prague|Budapest|Athens|Istanbul|Moscow|Kyiv|Tel Aviv|Jerusalem|Cairo|Lagos|Nairobi"
    "|Cape Town|Johannesburg|Casablanca|Dubai|Abu Dhabi|Doha|Riyadh|Mumbai|Delhi|New Delhi"
    "|Bangalore"
    "|Chennai|Kolkata|Hyderabad|Karachi|Lahore|Dhaka|Bangkok|Singapore|Kuala Lumpur|Jakarta|Manila"
    "|Hanoi|Hong Kong|Shanghai|Beijing|Shenzhen|Taipei|Seoul|Busan|Tokyo|Osaka|Kyoto|Sydney"
    "|Melbourne|Brisbane|Perth|Adelaide|Auckland|Wellington|Sao Paulo|Rio de Janeiro|Buenos Aires"
    "|Santiago|Lima|Bogota|Medellin|Caracas|Quito|Havana".split("|")
)
STREET_WORDS = frozenset(
    "street st avenue ave road rd boulevard blvd lane ln drive dr court ct way place pl square"
    " terrace highway parkway circle crescent close alley row".split()
)
"""The last word of a street's name."""
SPANISH_STREET_WORDS = frozenset(
    "calle avenida av avda paseo plaza plazuela camino carretera ronda travesia callejon bulevar"
    " calzada glorieta alameda via carrera pasaje rambla".split()
)
"""The first word of a street's name in Spanish."""
