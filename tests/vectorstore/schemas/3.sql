BEGIN TRANSACTION;
CREATE TABLE articles (
	pk INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(120) NOT NULL, 
	"key" TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	day INTEGER, 
	source TEXT, 
	UNIQUE (id), 
	UNIQUE ("key")
);
INSERT INTO "articles" VALUES(1,'dam-465889f5','https://news.example/dam',2,0,'359e677e95771293dd3c7c6c17f98cc22f1d16d34472a087c355bf4589707f41',20240315,'valley post');
INSERT INTO "articles" VALUES(2,'plum-04672556','plum',1,0,'34e07cc407bcb1848cfd8ce1929b67d66a765bbed11922c07299db532075788e',NULL,NULL);
INSERT INTO "articles" VALUES(3,'gone-283bb9de','gone',1,1,'a17855c1134581ca633f276fceb00edb4f456de8f6fd9277196ab1d21cd820f0',NULL,NULL);
CREATE TABLE cited (
	turn INTEGER NOT NULL, 
	article_id VARCHAR(120) NOT NULL, 
	PRIMARY KEY (turn, article_id), 
	FOREIGN KEY(turn) REFERENCES turns (pk)
);
INSERT INTO "cited" VALUES(1,'dam-465889f5');
CREATE TABLE conversations (
	pk INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(40) NOT NULL, 
	title TEXT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	updated_at VARCHAR(40) NOT NULL, 
	touched INTEGER NOT NULL, 
	UNIQUE (id), 
	UNIQUE (touched)
);
INSERT INTO "conversations" VALUES(1,'e6238824f5cc47458891d4a048abfd51','how many died?','2026-11-28T01:03:52.010+00:00','2026-11-28T01:03:52.014+00:00',2);
CREATE TABLE feedback (
	pk INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	answer_id VARCHAR(40) NOT NULL, 
	conversation INTEGER, 
	asker TEXT NOT NULL, 
	verdict VARCHAR(4) NOT NULL, 
	comment TEXT, 
	question TEXT NOT NULL, 
	given_at VARCHAR(40) NOT NULL, 
	UNIQUE (answer_id, asker), 
	FOREIGN KEY(conversation) REFERENCES conversations (pk)
);
CREATE TABLE meta (
	name VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','3');
INSERT INTO "meta" VALUES('embedding','fake');
INSERT INTO "meta" VALUES('dimensions','64');
INSERT INTO "meta" VALUES('recipe','2');
INSERT INTO "meta" VALUES('revision','3');
INSERT INTO "meta" VALUES('indexed','3');
CREATE TABLE passages (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	article INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	embedding BLOB NOT NULL, 
	FOREIGN KEY(article, revision) REFERENCES revisions (article, revision)
);
INSERT INTO "passages" VALUES(2,2,1,0,0,9,1,X'9CB9103D0000000000000000000000000000000003E8343F00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000003E8343F000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO "passages" VALUES(4,1,2,0,0,50,2,X'74A0C63C0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009148F83E00000000000000000000000000000000000000000000000000000000000000000000000000000000000000009148783E0000000000000000000000000000000000000000000000009148783E0000000000000000000000009148783E00000000000000000000000000000000000000000000000000000000000000000000000000000000000000009148F83E9148F83E0000000000000000000000000000000000000000000000000000000000000000000000009148783E9148783E000000000000000000000000');
CREATE TABLE removals (
	passage INTEGER NOT NULL, 
	removed INTEGER NOT NULL, 
	PRIMARY KEY (passage)
);
CREATE TABLE revisions (
	article INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	title TEXT, 
	url TEXT, 
	source TEXT, 
	published_at VARCHAR(64), 
	author TEXT, 
	language VARCHAR(35), 
	text_recipe INTEGER, 
	characters INTEGER NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	signature BLOB NOT NULL, 
	ingested_at VARCHAR(40) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (article, revision), 
	FOREIGN KEY(article) REFERENCES articles (pk)
);
INSERT INTO "revisions" VALUES(1,1,'Dam bursts',NULL,'Valley Post','2024-03-14',NULL,NULL,1,51,'2b210d092a4fdcda9ee63dbf9f1f945148ea8a5175d0ba4b823659e79e52896d',X'0500000095CF4A4337561355DF322E71F7CAA9BDC14B0EDA','2026-11-28T01:03:50+00:00','The Calder dam burst on Tuesday. Seven people died.');
INSERT INTO "revisions" VALUES(2,1,NULL,NULL,NULL,NULL,NULL,NULL,1,9,'34e07cc407bcb1848cfd8ce1929b67d66a765bbed11922c07299db532075788e',X'0100000010EB7565','2026-11-28T01:03:50+00:00','Plum cake');
INSERT INTO "revisions" VALUES(1,2,'Dam bursts',NULL,'Valley Post','2024-03-15',NULL,NULL,1,50,'359e677e95771293dd3c7c6c17f98cc22f1d16d34472a087c355bf4589707f41',X'050000003B23C81437561355891149C8C14B0EDA940555E0','2026-11-28T01:03:51+00:00','The Calder dam burst on Tuesday. Nine people died.');
CREATE TABLE turns (
	pk INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	asker TEXT, 
	asked_at VARCHAR(40) NOT NULL, 
	answer_id VARCHAR(40) NOT NULL, 
	answer TEXT NOT NULL, 
	UNIQUE (conversation, number), 
	FOREIGN KEY(conversation) REFERENCES conversations (pk), 
	UNIQUE (answer_id)
);
INSERT INTO "turns" VALUES(1,1,1,'how many died?','ada','2026-11-28T01:03:52.014+00:00','a1','{"id":"a1","status":"answered","reason":null,"question":"how many were evacuated","standalone_question":"how many were evacuated","text":"Operation Pitting evacuated 15,000 people – “in two weeks”. [1]","short_answer":"15,000 people","citations":[{"marker":1,"article_id":"dam-465889f5","revision":1,"title":"The airlift ends","url":"https://news.example/airlift","source":"The Example","published_at":"2021-08-29","quote":"Seven people died.","start":33,"end":51,"support":"verified","also_in":[],"gone":false}],"figures":[{"value":15000,"unit":"people","text":"15,000","markers":[1],"source":"The Example","as_of":"2021-08-29"}],"independent_sources":1,"mode":"extractive","model":null,"degraded":false,"searched":{"articles":1,"passages":2},"nearest":[],"timings_ms":{"total":1.5},"usage":null,"confidence":0.0,"dropped":null,"agreement":null,"suggestions":[],"conversation_id":"e6238824f5cc47458891d4a048abfd51","turn":1}');
CREATE INDEX articles_day ON articles (day);
CREATE INDEX cited_article ON cited (article_id);
CREATE INDEX passages_added ON passages (added);
CREATE INDEX passages_article ON passages (article);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('articles',3);
INSERT INTO "sqlite_sequence" VALUES('passages',4);
INSERT INTO "sqlite_sequence" VALUES('conversations',1);
INSERT INTO "sqlite_sequence" VALUES('turns',1);
COMMIT;
