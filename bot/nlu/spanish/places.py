"""Countries, regions and cities by their Spanish names, and first names of Spanish speakers."""

from __future__ import annotations

COUNTRIES = tuple(
    "Afganistán|Albania|Alemania|Andorra|Angola|Arabia Saudí|Arabia Saudita|Argelia|Argentina"
    "|Australia|Austria|Bangladés|Bélgica|Belice|Bolivia|Brasil|Bulgaria|Camerún|Canadá|Catar"
    "|Chile|China|Chipre|Colombia|Corea del Sur|Corea del Norte|Costa Rica|Croacia|Cuba|Dinamarca"
    "|Ecuador|Egipto|El Salvador|Emiratos Árabes Unidos|Escocia|Eslovaquia|Eslovenia|España"
    "|Estados Unidos|EE.UU.|EEUU|Estonia|Etiopía|Filipinas|Finlandia|Francia|Gales|Ghana|Grecia"
    "|Guatemala|Guinea Ecuatorial|Haití|Holanda|Honduras|Hungría|India|Indonesia|Inglaterra|Irán"
    "|Irak|Irlanda|Islandia|Israel|Italia|Jamaica|Japón|Jordania|Kenia|Kuwait|Letonia|Líbano"
    "|Libia|Lituania|Luxemburgo|Malasia|Malta|Marruecos|México|Méjico|Mónaco|Mozambique|Nicaragua"
    "|Nigeria|Noruega|Nueva Zelanda|Países Bajos|Pakistán|Panamá|Paraguay|Perú|Polonia|Portugal"
    "|Puerto Rico|Reino Unido|República Checa|República Dominicana|Rumanía|Rumania|Rusia|Senegal"
    "|Singapur|Siria|Sudáfrica|Suecia|Suiza|Tailandia|Taiwán|Túnez|Turquía|Ucrania|Uruguay"
    "|Venezuela|Vietnam".split("|")
)
STATES = tuple(
    "Andalucía|Aragón|Asturias|Baleares|Islas Baleares|Canarias|Islas Canarias|Cantabria"
    "|Castilla y León|Castilla-La Mancha|Castilla la Mancha|Cataluña|Comunidad de Madrid"
    "|Comunidad Valenciana|Extremadura|Galicia|La Rioja|Murcia|Navarra|País Vasco|Aguascalientes"
    "|Baja California|Baja California Sur|Campeche|Chiapas|Chihuahua|Coahuila|Colima|Durango"
    "|Guanajuato|Guerrero|Hidalgo|Jalisco|Michoacán|Morelos|Nayarit|Nuevo León|Oaxaca|Puebla"
    "|Querétaro|Quintana Roo|San Luis Potosí|Sinaloa|Sonora|Tabasco|Tamaulipas|Tlaxcala|Veracruz"
    "|Yucatán|Zacatecas|Nueva York|Nuevo México|Carolina del Norte|Carolina del Sur"
    "|Dakota del Norte|Dakota del Sur|Luisiana|Misisipi|Misuri|Oregón|Pensilvania|Tejas|Hawái"
    "|Virginia Occidental|Antioquia|Cundinamarca|Córdoba|Mendoza|Misiones|Tucumán".split("|")
)
CITIES = tuple(
    "Nueva York|Los Ángeles|Filadelfia|Nueva Orleans|Ciudad de México|Guadalajara|Monterrey|Puebla"
    "|Tijuana|Cancún|Mérida|León|Querétaro|Madrid|Barcelona|Valencia|Sevilla|Zaragoza|Málaga"
    "|Murcia|Palma|Las Palmas|Bilbao|Alicante|Córdoba|Valladolid|Vigo|Gijón|La Coruña|Granada"
    "|Vitoria|Elche|Oviedo|Cádiz|San Sebastián|Santander|Pamplona|Salamanca|Toledo|Burgos|Bogotá"
    "|Medellín|Cali|Barranquilla|Cartagena|Lima|Arequipa|Cuzco|Trujillo|Quito|Guayaquil|Caracas"
    "|Maracaibo|La Paz|Santa Cruz|Cochabamba|Asunción|Montevideo|Buenos Aires|Rosario|Mendoza"
    "|La Plata|Santiago de Chile|Santiago|Valparaíso|Concepción|San José|Ciudad de Panamá|Managua"
    "|Tegucigalpa|San Salvador|Ciudad de Guatemala|La Habana|Santo Domingo|San Juan|Londres|París"
    "|Berlín|Múnich|Roma|Milán|Nápoles|Turín|Lisboa|Oporto|Bruselas|Ginebra|Zúrich|Viena|Praga"
    "|Varsovia|Atenas|Moscú|Estambul|Tokio|Pekín|Dublín|Edimburgo|Copenhague|Estocolmo".split("|")
)
FIRST_NAMES = frozenset(
    "adriana agustín aitor alberto alejandra alfonso alfredo alicia álvaro amparo ana andrés ángel"
    " ángela antonia araceli arturo aurora beatriz begoña belén bernardo blanca camilo carla"
    " carlota carmen carolina catalina cecilia celia claudia concepción consuelo cristian cristina"
    " cristóbal daniela david dolores eduardo elena emilia emilio enrique esperanza esteban esther"
    " eugenia eva fabián felipe fernanda fernando francisca gabriela gerardo gloria gonzalo"
    " graciela gregorio guadalupe guillermo gustavo héctor hernán hugo ignacio inés irene"
    " isabel isidro iván jacinto jaime javier jerónimo jesús jimena joaquín jorge josé josefa"
    " juan juana julián juliana julio laura leonardo leticia lola lorena lorenzo lourdes lucas"
    " lucía luis luisa magdalena manuel marcela marcos margarita maría mariana mariano marina"
    " mario marisol marta martín mateo matías mauricio mercedes miguel miriam mónica montserrat"
    " natalia nicolás noelia nuria olga óscar pablo paloma paola patricia paulina pedro pilar"
    " rafael ramiro ramón raquel raúl rebeca ricardo roberto rocío rodrigo rogelio rosa rosario"
    " rubén salvador samuel santiago sebastián sergio silvia sofía soledad susana tatiana teresa"
    " tomás valeria vicente víctor ximena xavier yolanda".split()
)
COMMON = frozenset(
    "el la los las un una de del al y o en a mi tu su leon cali granada palma rosario guerrero"
    " hidalgo colima pilar soledad dolores mercedes consuelo esperanza amparo blanca rosa paloma"
    " gloria victoria angel jesus salvador marina aurora sonora durango santiago".split()
)
"""Names that are words too: taken for a name only when they begin like one."""
