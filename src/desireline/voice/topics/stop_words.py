"""Words that say nothing about what a text is about, for each language: lower case, without accents.

Written for this project from the closed word classes of each language (articles, pronouns, prepositions, conjunctions,
auxiliaries), with the fillers of reviews and messages (very, just, please, thanks). Words of negation are among them:
a topic is what is spoken of, not whether it is denied.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = """
a about above after again against ago all almost already also although always am amp an and another any anybody anyone
anything are aren arent around as ask at away back be became because been before being below between both but by came
can cannot cant come could couldn couldnt d did didn didnt do does doesn doesnt doing don done dont down due during
each either else enough etc even ever every everybody everyone everything few for from further gave get gets getting
give given go goes going gone gonna got gotten had hadn hadnt has hasn hasnt have haven havent having he hello hence
her here hers herself hey hi him himself his how however i id if ill im in instead into is isn isnt it itd itll its
itself ive just keep kept kind kinda know let lets like ll lot lots m made make makes making many may maybe me mean
might mine more most mostly much must my myself need needed needs neither never next no nobody non none nor not
nothing now o of off oh ok okay on once one ones only onto or other others otherwise our ours ourselves out over own
per perhaps please pls put quite rather re really s said same saw say says see seem seemed seems seen several shall
she should shouldn shouldnt since so some somebody someone something sometimes soon still such sure t take taken takes
than thank thanks that thats the their theirs them themselves then there theres these they theyre thing things think
this those though thought through thru thus till to today together told too took toward towards tried try trying u
under until up upon ur us use used using ve very via want wanted wants was wasn wasnt way we well went were weren
werent weve what whatever whats when where whether which while who whoever whole whom whos whose why will with within
without won wont would wouldn wouldnt yeah yes yet you youll your youre yours yourself youve
"""
_PORTUGUESE = """
a ainda agora ai algo alguem algum alguma algumas alguns ali alem ambos ano antes ao aos apenas apesar apos aquela
aquelas aquele aqueles aquilo as assim ate atraves bem cada coisa coisas com como contra contudo cujo da dai dar das
de dela delas dele deles demais depois desde dessa desse desta deste deve devem dia dias disso disto diz do dois dos
duas e ela elas ele eles em embora enquanto entao entre era eram essa essas esse esses esta estao estar estas estava
estavam este esteja estes esteve estive estou eu fazer faz fez feito fica ficar ficou fiquei foi foram for fosse fui
gente ha havia hoje ia isso isto ir ja la lhe lhes logo lo mais mas me mediante meio melhor menos mesma mesmas mesmo
mesmos meu meus minha minhas mim muita muitas muito muitos na nada nao nas nela nele nem nenhum nenhuma nessa nesse
nesta neste ninguem no nos nossa nossas nosso nossos num numa nunca o obrigada obrigado ok onde ontem os ou outra
outras outro outros para pela pelas pelo pelos per perante pode podem poder pois por porem porque portanto pouca pouco
poucos pra primeira primeiro pro propria proprio pude qual qualquer quais quando quanto quantos quase que quem quer
quero queria sao se seja sejam sem sempre sendo ser sera sera seria seu seus sim so sob sobre sou sua suas ta tal
talvez tambem tanta tanto tao te tem tendo tenha tenho tera ter teve ti tinha tive toda todas todo todos tu tua tudo
um uma umas uns vai vao vamos veio vem ver vez vezes vi vir voce voces vou
"""
_SPANISH = """
a ahora al algo alguien algun alguna algunas alguno algunos alli ante antes aquel aquella aquellos aqui asi aun aunque
bien cada casi como con contra cosa cosas cual cuales cualquier cuando cuanto cuya cuyo da dar de deben debe decir del
demas dentro desde despues dia dias dice donde dos durante e el ella ellas ello ellos en entonces entre era eran es
esa esas ese eso esos esta estaba estaban estado estamos estan estar estas este esto estos estoy fue fueron fui
gracias ha haber habia hace hacen hacer hacia han has hasta hay he hecho hola hoy iba ir jamas la las le les lo los
luego mas me mejor menos mi mia mientras mio mis misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni
ningun ninguna no nos nosotros nuestra nuestro nunca o os otra otras otro otros para pero poco pocos por porque
primera primero propio puede pueden puedo pues que quien quienes quiero se sea sean segun ser sera si sido siempre
siendo sin sino sobre sois solo somos son soy su sus suya suyo tal tambien tampoco tan tanta tanto te tener tengo ti
tiene tienen toda todas todavia todo todos tras tu tus tuve tuvo u un una unas uno unos usted ustedes va van vez veces
voy y ya yo
"""
_FRENCH = """
a afin ai ainsi alors apres as assez au aucun aucune aujourd aussi autre autres aux avaient avais avait avant avec
avez avoir avons beaucoup bien bonjour c ca car ce ceci cela celle celles celui cependant ces cet cette ceux chaque
chez comme comment contre d dans de deja depuis des dessous dessus deux dit dois doit donc dont du elle elles en
encore entre es est et etaient etais etait ete etes etre eu eux fait faire fait faut fois font hors hui ici il ils j
jamais je jusqu jusque l la le les leur leurs lors lorsque lui m ma maintenant mais me meme memes merci mes mieux moi
moins mon n ne ni non nos notre nous on ont ou par parce pas pendant personne peu peut peuvent peux plus plutot pour
pourquoi presque puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi rien s sa sans se sera
serait ses seul seulement si sien soit sommes son sont sous souvent suis sur t ta tandis te tel telle tes toi ton
toujours tous tout toute toutes tres trop tu un une va vais vers veux voici voila vos votre vous vraiment y
"""
_GERMAN = """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus ausser
bei beim bereits bin bis bisher bist bitte bzw da dabei dadurch dafur dagegen daher damals damit danach daneben dank
danke dann daran darauf daraus darf darin daruber darum das dass davon davor dazu dein deine dem den denn dennoch der
deren des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen
einer eines einfach einige einmal er erst es etwa etwas euch euer fur ganz gar gegen gehabt gehen geht gemacht genau
gewesen gibt ging hab habe haben hallo hat hatte hatten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer im immer in ins irgendwie ist ja jede jedem jeden jeder jedes jedoch jemand jetzt kam kann kaum kein keine
keinem keinen keiner konnen konnte konnten lassen leider lasst mal man manche mehr mein meine meinem meinen meiner
mich mir mit mochte muss mussen musste nach nachdem nein nicht nichts nie noch nun nur ob oder ohne schon sehr sein
seine seinem seinen seiner seit selbst sich sie sind so sobald sogar solche soll sollte sollten somit sondern sonst
sowie statt uber um und uns unser unsere unter usw viel viele vielen vom von vor wahrend wann war waren warum was
weder wegen weil weiter welche welchem welcher wenn wer werde werden wie wieder wieso will wir wird wirklich wo wollte
worden wurde wurden zu zum zur zwar zwischen
"""
_ITALIAN = """
a abbiamo adesso ai al alcuni alla alle allo allora altra altre altri altro anche ancora appena avere aveva avevo
avete avuto bene c che chi ci ciao cio cioe circa coi col come comunque con contro cosa cosi cui da dagli dai dal
dalla dalle dallo davvero degli dei del della delle dello dentro deve di dopo dove due dunque e ecco ed entro era
erano eravamo ero essere fa faccio fare fatto fino fosse fra fu gia giorni giorno gli grazie ha hai hanno ho i il in
infatti inoltre insieme invece io l la le lei li lo loro lui ma mai me mentre meno mi mia mie miei mio molta molte
molti molto ne negli nei nel nella nelle nello nessun nessuna niente no noi non nostra nostro nulla o ogni oggi oltre
ora per perche pero piu po poco poi poiche posso prima proprio pure puo qua qual quale quali qualche qualcosa quando
quanto quasi quella quelle quelli quello questa queste questi questo qui quindi sara se sei sempre senza si sia siamo
siete solo sono sopra sotto sta stata stati stato stesso su sua subito sue sugli sui sul sulla suo suoi tanto te ti
tra troppo tu tua tuo tutta tutte tutti tutto un una uno va verso vi voi volta vostro
"""
_DUTCH = """
aan al alle alleen alles als altijd ander andere ben bij dan dat de der deze die dit doch doen door dus echt een eens
eerst en er erg even ge geen gehad gewoon gewest geweest goed had hadden haar hallo hebben hebt heb heeft heel hem het
hier hij hoe hun iemand iets ik in is ja je jij jou jullie kan kon kunnen maar me meer men met mij mijn moet moeten na
naar niet niets nog nu of om omdat onder ons onze ook op over reeds te tegen terug toch toen tot u uit uw van veel via
voor vooral waar wanneer want waren was wat we wel werd wie wij wil worden wordt zal ze zeer zei zelf zich zij zijn zo
zonder zou zouden
"""

STOP_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": _ENGLISH,
        "pt": _PORTUGUESE,
        "es": _SPANISH,
        "fr": _FRENCH,
        "de": _GERMAN,
        "it": _ITALIAN,
        "nl": _DUTCH,
    }.items()
}
"""Stop words by language (ISO 639-1)."""

ANY = frozenset().union(*STOP_WORDS.values())
"""Those of all languages."""
