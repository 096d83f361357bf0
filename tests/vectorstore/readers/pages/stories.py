"""Four stories, written for the tests, that every shape of page tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """slug: its place in an address. published: with its zone. subheads: before the third and the sixth paragraph."""

    slug: str
    title: str
    published: str
    day_in_words: str
    author: str
    site: str
    paragraphs: tuple[str, ...]
    subheads: tuple[str, str]
    points: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    caption: str


DAM = Story(
    "calder-dam",
    "Calder dam bursts after a week of rain",
    "2024-03-14T10:30:00+00:00",
    "14 March 2024",
    "Mira Holt",
    "Valley Post",
    (
        (
            "The Calder dam burst in the night to Tuesday after a week of rain, sweeping away two road bridges and "
            "flooding "
            "the lower town of Harrow within an hour."
        ),
        (
            "Some 4,200 people were taken to higher ground by boat and lorry, the county's fire service said, and "
            "nobody is "
            "known to have died."
        ),
        (
            "Engineers had warned last month of cracks in the eastern wall. Their report, seen by this newspaper, "
            "asked "
            "for "
            "the lake to be lowered by three metres before the spring."
        ),
        (
            "“We told them in plain words, and we told them twice,” said Ansel Roe, who led the inspection. “The "
            "answer "
            "was "
            "that the budget had been closed.”"
        ),
        (
            "The water company, Calder Reservoirs, declined to comment on the report. It said in a statement that the "
            "dam had "
            "met every standard in force, and that the rain was of a kind seen once in 400 years."
        ),
        (
            "Farmers along the river count their losses. At Low Mill, where the stream is a field wide on most days, "
            "the "
            "flood carried off 90 sheep and the roof of a barn."
        ),
        (
            "Lena Marsh, who keeps the mill's shop, spent the night on its upper floor. She heard the wall go, she "
            "said, "
            "before she saw anything: a sound like a train that did not pass."
        ),
        (
            "The ministry of works has promised an inquiry and 12 million in aid. Repairs to the bridges begin on "
            "Monday and "
            "are expected to last until the autumn."
        ),
    ),
    ("Warnings unheeded", "Losses on the farms"),
    ("Boil tap water before drinking it.", "Keep away from the river's banks.", "Call the county's line for shelter."),
    (("Village", "Houses flooded", "People moved"), ("Harrow", "610", "2,900"), ("Low Mill", "45", "160")),
    "Rescue workers in Harrow on Tuesday morning. Picture: Ola Brandt",
)

FERRY = Story(
    "porto-lume-ferry",
    "Divers end their search of the Porto Lume ferry",
    "2024-06-03T18:05:00+02:00",
    "3 June 2024",
    "Tomas Vey",
    "Harbour Gazette",
    (
        (
            "Divers have ended their search of the ferry that capsized off Porto Lume on Saturday. The death toll has "
            "risen "
            "to 31, the coast guard said on Monday evening."
        ),
        (
            "The Santa Ilda had left the island of Varra with 118 people on board, 17 more than her certificate "
            "allows, "
            "when "
            "she rolled over in calm water within sight of the harbour."
        ),
        (
            "Survivors speak of a sudden turn. A lorry on the car deck broke its chains, they say, and what was loose "
            "went "
            "with it to the port side."
        ),
        (
            "The master, a man of 58 with thirty years at sea, has been questioned twice. His lawyer, Ines Calvo, says "
            "that he "
            "had complained of the worn chains in April and was told to sail."
        ),
        (
            "At the town's hall the families wait on plastic chairs. Volunteers have put up a wall of photographs, and "
            "somebody has pinned a child's shoe beside them."
        ),
        (
            "The owners, Linha do Sul, have run the crossing since 1991. A fire on their older boat, the Santa Rita, "
            "hurt six "
            "people in 2017; the company paid a fine of 40,000 and kept its licence."
        ),
        (
            "The minister of transport, Rui Leal, has stopped all sailings of the company until its three other boats "
            "have "
            "been inspected. “No timetable is worth a life,” he told parliament."
        ),
        (
            "A public inquiry will open in September. The wreck, which lies on sand at 22 metres, is to be raised "
            "before then "
            "if the weather holds."
        ),
    ),
    ("What survivors saw", "A company's record"),
    ("The ferry's black box was found on Sunday.", "Eleven people are in hospital.", "Two of them are children."),
    (("Boat", "Built", "Inspected"), ("Santa Ilda", "1988", "2023"), ("Santa Clara", "1996", "2024")),
    "The upturned hull off Porto Lume, seen from the mole. Photograph: Coast guard handout",
)

RAIL = Story(
    "rail-workers-reject-offer",
    "Rail workers reject pay offer and plan a week of strikes",
    "2024-05-02T07:15:00+01:00",
    "2 May 2024",
    "Dana Okoro",
    "The Line",
    (
        (
            "Rail workers have turned down a pay rise of 5% and will stop work for a week in the middle of May, their "
            "union "
            "said after a ballot that closed at midnight."
        ),
        "Some 340,000 workers, 62% of the union's members, voted on the offer. Of those who voted, 71% rejected it.",
        (
            "Lena Orth, who chairs the union, called the result the clearest since 1989. The strike will go on, she "
            "said, "
            "until the railways talk about hours as well as money."
        ),
        (
            "The railways had offered 5% at once and 3% next year, in exchange for later shifts at weekends. They "
            "put the "
            "price of the union's own demands at 1.4 billion."
        ),
        (
            "“That figure has been made up on the back of a ticket,” said Paul Sand, the union's treasurer, who put it "
            "at a "
            "third of that."
        ),
        (
            "Passengers will feel the strike from the evening of 12 May. Night trains stop first, long-distance trains "
            "on the "
            "morning after, and by noon only the airport's line will run."
        ),
        (
            "Freight is hit as well. Steelworks in the north keep ore for four days, and two car makers have asked "
            "their "
            "suppliers to send parts by road."
        ),
        (
            "The government says that it will not step in. A mediator, the former judge Karin Aldous, has offered to "
            "see both "
            "sides on Sunday; the union has accepted, and the railways are thinking it over."
        ),
    ),
    ("The offer", "What stops, and when"),
    (
        "Tickets for the week stay valid until June.",
        "Seats can't be reserved.",
        "Buses replace the trains to the coast.",
    ),
    (("Line", "Trains a day", "During the strike"), ("Airport", "96", "96"), ("Coast", "140", "0")),
    "Pickets at the central station in 2022. Photo: Jun Asari/The Line",
)

VOTE = Story(
    "karsten-wins-second-term",
    "Karsten wins a second term in a divided Norwick",
    "2024-07-08T00:40:00-04:00",
    "8 July 2024",
    "Femi Adair",
    "Norwick Courier",
    (
        (
            "Mayor Ruth Karsten has won a second term in Norwick, by 1,904 votes out of 212,000, after a count that "
            "went on "
            "until past midnight on Sunday."
        ),
        (
            "Her challenger, the builder Owen Pryce, conceded at half past twelve from the steps of his own campaign "
            "bus. He "
            "will not ask for a recount, he said, because the city has waited long enough."
        ),
        (
            "Turnout was 66%, the highest since the harbour was closed. In the eastern districts it reached 74%, and "
            "queues "
            "stood outside two schools when the doors were due to shut."
        ),
        (
            "Karsten had promised to finish the tram to the docks, which is four years late and has cost 310 million "
            "so "
            "far. "
            "Pryce wanted to stop it at the market and spend the rest on roofs for schools."
        ),
        (
            "“You have not given me a blank cheque,” the mayor told her supporters in the fish hall. “You have given "
            "me a "
            "deadline.”"
        ),
        (
            "The council will be harder to win than the city. Her party has 11 of its 30 seats, two fewer than before, "
            "and the "
            "Greens, with six, have named their price: trees on every street by 2027."
        ),
        (
            "The Harbour List, which did not exist a year ago, takes five. Its leader, Noor Haddad, a crane driver, "
            "said that "
            "she would vote with whoever opened the west gate."
        ),
        (
            "The new council meets on 2 September. Until then the budget stands as it is, and so does the hole in the "
            "ground "
            "at the end of Dock Street."
        ),
    ),
    ("How the city voted", "A council without a majority"),
    ("Karsten: 106,952 votes.", "Pryce: 105,048 votes.", "Spoilt papers: 1,120."),
    (("District", "Seats", "Turnout"), ("East", "11", "74%"), ("West", "9", "61%")),
    "Ruth Karsten in the fish hall after the count. Credit: Norwick Courier",
)

STORIES = (DAM, FERRY, RAIL, VOTE)
