"""Stories that a customer is warned of, and payments that nobody should be warned of."""

import pytest

from fulfillment.fraud.scam_stories import Story, story_in

_TOLD = {
    Story.RELATIVE: """
        my grandson is in jail and needs 2000 for bail, send it to Bob
        send 1500 to Bob, my nephew was arrested and his lawyer needs it right away
        my daughter had a car accident and needs 900 urgently
        my brother was kidnapped, they want 3000 ransom
        my son texted me from a new number and needs 400 for rent
        my daughter messaged, she lost her phone and needs me to pay a bill of 800
        mi nieto está en la cárcel y necesita 2000 para la fianza
        mande 1500 a Bob, arrestaron a mi sobrino y el abogado los necesita ya
        mi hija tuvo un accidente y necesita 900 urgente
        mi hijo me escribió de un número nuevo y necesita 400
        secuestraron a mi hermano y piden 3000
        """,
    Story.OFFICIALS: """
        the IRS says I have to pay 500 today
        the police called and I have to pay 300 or they will come
        HMRC phoned, I owe 900
        a call from the IRS said I need to send 700 to Bob
        someone from social security told me to send 1200
        I need to pay 800 to avoid arrest
        there is a warrant for my arrest unless I send 600
        an officer from customs told me to transfer 250
        immigration called, they want $900
        send 400 to Bob or I'll be deported
        el IRS dice que tengo que pagar 500 hoy
        me llamó la policía y tengo que pagar 300
        hacienda llamó y me piden que pague 900
        migración dice que tengo que mandar 800 a Roberto
        hay una orden de arresto si no pago 600
        pagar 700 para que no me deporten
        """,
    Story.TECH_SUPPORT: """
        tech support wants 300
        someone from Microsoft called and wants me to pay 250
        a technician from Apple told me to send 99 for the repair
        Amazon called me and said to pay 400
        technical support told me to pay 199 for the license
        my computer was hacked and they told me to pay 500
        a pop-up says I have to pay 150
        soporte técnico quiere 300
        alguien de Microsoft me llamó y dice que pague 250
        me llamaron de Amazon y me piden 400
        mi computadora tiene un virus, dicen que tengo que pagar 150
        """,
    Story.SAFE_ACCOUNT: """
        a man from Microsoft told me to move my money to a safe account
        move everything to a safe account
        your fraud department called and told me to transfer 4000 to Bob
        the bank phoned, I need to move my savings
        transfer 2000 to the secure account they gave me
        un señor me dijo que mueva mi dinero a una cuenta segura
        pasar todo a una cuenta de seguridad
        el departamento de fraude me llamó y dice que transfiera 4000
        el banco me llamó, tengo que mover mis ahorros
        """,
    Story.GIFT_CARDS: """
        the IRS says I have to pay 500 in gift cards
        pay the fine with gift cards
        my boss asked me to buy 5 gift cards of 100
        they want the codes from the gift cards
        I was told to pay my taxes in bitcoin
        he told me to buy Steam cards for 300
        tengo que pagar la multa con tarjetas de regalo
        mi jefe me pide que compre tarjetas de regalo
        me dijo que pague en bitcoin
        quieren los códigos de las tarjetas de regalo
        """,
    Story.FEE_FIRST: """
        I won the lottery and have to pay 200 to claim it
        send 350 to release my prize
        I have to pay a processing fee for the grant
        pay 900 to receive my inheritance
        a text says I have to pay 3 dollars for my package
        gané un premio y tengo que pagar 200 para cobrarlo
        mande 350 para liberar mi herencia
        un mensaje dice que tengo que pagar 3 dólares por mi paquete
        """,
    Story.INVESTMENT: """
        send 1000 to Bob, guaranteed returns in a week
        transfer 500 to the crypto platform
        he can double my money, send 800
        pay a fee of 400 to withdraw my profits
        my trading coach wants 600
        mande 1000, ganancias garantizadas
        pagar 500 a la plataforma de inversiones
        va a duplicar mi dinero, envíe 800
        """,
    Story.MET_ONLINE: """
        send 700 to a man I met online, he needs a flight
        my online girlfriend needs 300
        a woman I met on Tinder needs 450 for the hospital
        mande 700 a un hombre que conocí por internet
        mi novia de internet necesita 300
        """,
    Story.HUSHED: """
        send 900 to Bob, he told me not to tell anyone
        transfer 2000, they said not to tell the bank
        I'm still on the phone with him, send 500
        mande 900, me dijo que no le diga a nadie
        envíe 2000, dicen que no le cuente al banco
        """,
}
_INNOCENT = """
    send 20 to Grandma for her birthday
    pay my IRS tax bill of 200
    pay 300 to Ace Bail Bonds
    send 50 to my son
    send 40 dollars to my daughter for lunch
    transfer 500 from checking to savings
    move 200 to my savings account to be safe
    is my account safe
    is this a secure account to put money in
    how safe is my account
    pay the police department 60 for a parking ticket
    pay the court fee of 35
    pay my social security contribution
    did my social security come in
    social security says my payment comes on Wednesday
    I got a letter from the IRS and owe 430, send it on Friday
    my accountant says I have to pay the IRS 500
    the school says I have to pay 50 for the trip
    my landlord wants 1200 for rent
    send 25 to Anna for a gift card for the teacher's birthday
    buy a 50 dollar gift card for Mom
    how much did I spend on gift cards
    can I pay with a gift card
    did I pay Target with a gift card
    pay Microsoft 9.99
    did Amazon charge me twice
    Apple says my card was declined
    Netflix told me my card was declined
    tech support helped me, thanks
    can I talk to support
    I won 50 dollars on the lottery
    send 20 to Bob to get lottery tickets
    pay the inheritance tax of 900
    send 40 to the guy I met on Facebook Marketplace for the table
    send 80 to Anna, we met at school
    my friend told me to pay her back 30
    my wife told me to send 50 to Anna
    my son called, send him 20
    send 100 to my brother, he needs it for gas
    my sister got a new phone, send her 40
    I had an accident, freeze my card
    send 300 to the lawyer
    put 200 into my investment account
    what's the fee to withdraw my money
    my account was hacked
    don't tell me my balance aloud
    keep it a secret, send 30 to Anna for the surprise party
    schedule 200 to the IRS on April 15
    the customs office of Miami charged me 30
    I don't recognize the charge from Microsoft
    I need to pay my phone bill of 80
    my brother is a police officer, send him 50
    somebody at work told me about your app
    pay 60 to the gym or they charge me more
    mande 20 a la abuela por su cumpleaños
    pagar mi factura del IRS de 200
    mande 50 a mi hijo
    transfiera 500 de cheques a ahorros
    ¿es segura mi cuenta?
    pase 200 a mi cuenta de ahorros
    pagar la multa de estacionamiento de 60
    pagar 35 al juzgado
    ¿llegó mi seguro social?
    la escuela dice que tengo que pagar 50
    mi casero quiere 1200 de renta
    envíe 25 a Ana para la tarjeta de regalo de cumpleaños
    cuánto gasté en tarjetas de regalo
    ¿puedo pagar con una tarjeta de regalo?
    pagar 9.99 a Microsoft
    Netflix me cobró dos veces
    Amazon dice que rechazaron mi tarjeta
    gané 50 dólares en la lotería
    mande 20 a Roberto para los boletos de la lotería
    pagar el impuesto de la herencia
    mi amiga me dijo que le pague 30
    mi esposa me dijo que mande 50 a Ana
    mi hijo me llamó, mándele 20
    mande 100 a mi hermano, los necesita para gasolina
    hackearon mi cuenta
    tuve un accidente, congele mi tarjeta
    mande 40 al señor que conocí en Facebook Marketplace
    hablar con soporte
    pagar al abogado 300
    mi hermano es policía, mándele 50
    guárdelo en secreto, mande 30 a Ana para la fiesta
    """


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("said", "story"), [(said, story) for story, text in _TOLD.items() for said in _lines(text)]
)
def test_a_story_that_scams_are_told_with_is_heard(said: str, story: Story) -> None:
    assert story_in(said) is story


@pytest.mark.parametrize("said", _lines(_INNOCENT))
def test_a_payment_of_everyday_life_is_no_story(said: str) -> None:
    assert story_in(said) is None


def test_a_story_is_heard_without_accents_and_in_capitals() -> None:
    assert story_in("MI NIETO ESTA EN LA CARCEL Y NECESITA 2000") is Story.RELATIVE
    assert (
        story_in("the IRS called, I\N{RIGHT SINGLE QUOTATION MARK}ve got to pay") is Story.OFFICIALS
    )


def test_both_languages_have_enough_of_either() -> None:
    told = [said for text in _TOLD.values() for said in _lines(text)]
    assert len(told) >= 50
    assert len(_lines(_INNOCENT)) >= 50
