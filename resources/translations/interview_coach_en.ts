<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BackupDialog</name>
    <message numerus="yes">
        <source>%n transcript(s)</source>
        <translation>
            <numerusform>%n transcript</numerusform>
            <numerusform>%n transcripts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupWords</name>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChosenBar</name>
    <message numerus="yes">
        <source>%Ln question(s) chosen</source>
        <translation>
            <numerusform>%Ln question chosen</numerusform>
            <numerusform>%Ln questions chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln question(s)</source>
        <translation>
            <numerusform>Tags of %Ln question</numerusform>
            <numerusform>Tags of %Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeedWords</name>
    <message numerus="yes">
        <source>Tags changed on %n question(s)</source>
        <translation>
            <numerusform>Tags changed on %n question</numerusform>
            <numerusform>Tags changed on %n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) flagged</source>
        <translation>
            <numerusform>%n question flagged</numerusform>
            <numerusform>%n questions flagged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Flag taken from %n question(s)</source>
        <translation>
            <numerusform>Flag taken from %n question</numerusform>
            <numerusform>Flag taken from %n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) suspended, left out of new sessions</source>
        <translation>
            <numerusform>%n question suspended, left out of new sessions</numerusform>
            <numerusform>%n questions suspended, left out of new sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) can come again</source>
        <translation>
            <numerusform>%n question can come again</numerusform>
            <numerusform>%n questions can come again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) moved to Trash</source>
        <translation>
            <numerusform>%n question moved to Trash</numerusform>
            <numerusform>%n questions moved to Trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Transcript and %n question(s) moved to Trash</source>
        <translation>
            <numerusform>Transcript and %n question moved to Trash</numerusform>
            <numerusform>Transcript and %n questions moved to Trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kept: %n answered or asked elsewhere</source>
        <translation>
            <numerusform>kept: %n answered or asked elsewhere</numerusform>
            <numerusform>kept: %n answered or asked elsewhere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) moved to Trash</source>
        <translation>
            <numerusform>%n answer moved to Trash</numerusform>
            <numerusform>%n answers moved to Trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kept: %n still being worked on</source>
        <translation>
            <numerusform>kept: %n still being worked on</numerusform>
            <numerusform>kept: %n still being worked on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of yours</source>
        <translation>
            <numerusform>%n answer of yours</numerusform>
            <numerusform>%n answers of yours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asked in {0} and %n other transcript(s)</source>
        <translation>
            <numerusform>Asked in {0} and %n other transcript</numerusform>
            <numerusform>Asked in {0} and %n other transcripts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No two of the %n question(s) seem to ask the same.</source>
        <translation>
            <numerusform>No two of the %n question seem to ask the same.</numerusform>
            <numerusform>No two of the %n questions seem to ask the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s) {0} still hold it.</source>
        <translation>
            <numerusform>%n backup {0} still hold it.</numerusform>
            <numerusform>%n backups {0} still hold it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message numerus="yes">
        <source>Move %n question(s) to Trash?</source>
        <translation>
            <numerusform>Move %n question to Trash?</numerusform>
            <numerusform>Move %n questions to Trash?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n entries of Trash go for good.</source>
        <translation>
            <numerusform>All %n entries of Trash go for good.</numerusform>
            <numerusform>All %n entries of Trash go for good.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changing %n question(s): {0} %</source>
        <translation>
            <numerusform>Changing %n question: {0} %</numerusform>
            <numerusform>Changing %n questions: {0} %</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changing %n question(s) …</source>
        <translation>
            <numerusform>Changing %n question …</numerusform>
            <numerusform>Changing %n questions …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeliveryWords</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hedge(s)</source>
        <translation>
            <numerusform>%n hedge</numerusform>
            <numerusform>%n hedges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filler(s)</source>
        <translation>
            <numerusform>%n filler</numerusform>
            <numerusform>%n fillers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n figure(s)</source>
        <translation>
            <numerusform>%n figure</numerusform>
            <numerusform>%n figures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passive opening(s)</source>
        <translation>
            <numerusform>%n passive opening</numerusform>
            <numerusform>%n passive openings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>longest sentence: %n word(s)</source>
        <translation>
            <numerusform>longest sentence: %n word</numerusform>
            <numerusform>longest sentence: %n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated phrase(s)</source>
        <translation>
            <numerusform>%n repeated phrase</numerusform>
            <numerusform>%n repeated phrases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DonePanel</name>
    <message numerus="yes">
        <source>%n answered</source>
        <translation>
            <numerusform>%n answered</numerusform>
            <numerusform>%n answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) of answering</source>
        <translation>
            <numerusform>about %n minute of answering</numerusform>
            <numerusform>about %n minutes of answering</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DueAgainLine</name>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message numerus="yes">
        <source>The %n question(s) chosen</source>
        <translation>
            <numerusform>The %n question chosen</numerusform>
            <numerusform>The %n questions chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n question(s) shown</source>
        <translation>
            <numerusform>The %n question shown</numerusform>
            <numerusform>The %n questions shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message numerus="yes">
        <source>%Ln answer(s)</source>
        <extracomment>So many days back are told as the last weeks. A difference in ratings, and one in shares, from which on it is called one.</extracomment>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the last four weeks {0}, on %Ln day(s).</source>
        <translation>
            <numerusform>In the last four weeks {0}, on %Ln day.</numerusform>
            <numerusform>In the last four weeks {0}, on %Ln days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) {0}</source>
        <translation>
            <numerusform>%Ln question {0}</numerusform>
            <numerusform>%Ln questions {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) due today.</source>
        <translation>
            <numerusform>%Ln question due today.</numerusform>
            <numerusform>%Ln questions due today.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your minutes hold %Ln of them; the others can wait.</source>
        <translation>
            <numerusform>Your minutes hold %Ln of them; the others can wait.</numerusform>
            <numerusform>Your minutes hold %Ln of them; the others can wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the next four weeks.</source>
        <translation>
            <numerusform>%Ln more in the next four weeks.</numerusform>
            <numerusform>%Ln more in the next four weeks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln later.</source>
        <translation>
            <numerusform>%Ln later.</numerusform>
            <numerusform>%Ln later.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the last %Ln days you practised for about {0}; {1} minutes a day are {2}.</source>
        <translation>
            <numerusform>In the last %Ln days you practised for about {0}; {1} minutes a day are {2}.</numerusform>
            <numerusform>In the last %Ln days you practised for about {0}; {1} minutes a day are {2}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Until {0} (%Ln day(s)) about {1} are planned.</source>
        <translation>
            <numerusform>Until {0} (%Ln day) about {1} are planned.</numerusform>
            <numerusform>Until {0} (%Ln days) about {1} are planned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s): too few to say anything</source>
        <translation>
            <numerusform>%Ln answer: too few to say anything</numerusform>
            <numerusform>%Ln answers: too few to say anything</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This begins with %Ln answers that you rated twice: before the recorded answer, and after.</source>
        <translation>
            <numerusform>This begins with %Ln answers that you rated twice: before the recorded answer, and after.</numerusform>
            <numerusform>This begins with %Ln answers that you rated twice: before the recorded answer, and after.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This begins with %Ln answers that you rated and whose points you ticked.</source>
        <translation>
            <numerusform>This begins with %Ln answers that you rated and whose points you ticked.</numerusform>
            <numerusform>This begins with %Ln answers that you rated and whose points you ticked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %Ln question(s) you ticked points more than once.</source>
        <translation>
            <numerusform>On %Ln question you ticked points more than once.</numerusform>
            <numerusform>On %Ln questions you ticked points more than once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On the %Ln question(s) that you answered again: {0} at first, {1} at last.</source>
        <translation>
            <numerusform>On the %Ln question that you answered again: {0} at first, {1} at last.</numerusform>
            <numerusform>On the %Ln questions that you answered again: {0} at first, {1} at last.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted in your newest %Ln answer(s); it is no score.</source>
        <translation>
            <numerusform>Counted in your newest %Ln answer; it is no score.</numerusform>
            <numerusform>Counted in your newest %Ln answers; it is no score.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message numerus="yes">
        <source>%n question(s) asked more than once: turns {0}</source>
        <extracomment>So many turns are named; of more it is said how many there are.</extracomment>
        <translation>
            <numerusform>%n question asked more than once: turns {0}</numerusform>
            <numerusform>%n questions asked more than once: turns {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) without a rating (no. {0})</source>
        <translation>
            <numerusform>%n turn without a rating (no. {0})</numerusform>
            <numerusform>%n turns without a rating (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) whose judge failed (no. {0})</source>
        <translation>
            <numerusform>%n turn whose judge failed (no. {0})</numerusform>
            <numerusform>%n turns whose judge failed (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) with a rating that cannot be read (no. {0})</source>
        <translation>
            <numerusform>%n turn with a rating that cannot be read (no. {0})</numerusform>
            <numerusform>%n turns with a rating that cannot be read (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) without an answer (no. {0})</source>
        <translation>
            <numerusform>%n turn without an answer (no. {0})</numerusform>
            <numerusform>%n turns without an answer (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n very short recorded answer(s), under 15 words (no. {0})</source>
        <translation>
            <numerusform>%n very short recorded answer, under 15 words (no. {0})</numerusform>
            <numerusform>%n very short recorded answers, under 15 words (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>E-mail addresses were noticed in %n turn(s) (no. {0})</source>
        <translation>
            <numerusform>E-mail addresses were noticed in %n turn (no. {0})</numerusform>
            <numerusform>E-mail addresses were noticed in %n turns (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What looks like a phone number was noticed in %n turn(s) (no. {0})</source>
        <translation>
            <numerusform>What looks like a phone number was noticed in %n turn (no. {0})</numerusform>
            <numerusform>What looks like a phone number was noticed in %n turns (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Links were noticed in %n turn(s) (no. {0})</source>
        <translation>
            <numerusform>Links were noticed in %n turn (no. {0})</numerusform>
            <numerusform>Links were noticed in %n turns (no. {0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of turns that may ask the same: {0}</source>
        <translation>
            <numerusform>%n pair of turns that may ask the same: {0}</numerusform>
            <numerusform>%n pairs of turns that may ask the same: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message numerus="yes">
        <source>%n word(s) added</source>
        <translation>
            <numerusform>%n word added</numerusform>
            <numerusform>%n words added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s) taken out</source>
        <translation>
            <numerusform>%n word taken out</numerusform>
            <numerusform>%n words taken out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s) moved</source>
        <translation>
            <numerusform>%n word moved</numerusform>
            <numerusform>%n words moved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>Stopped: %n file(s) did not come in.</source>
        <translation>
            <numerusform>Stopped: %n file did not come in.</numerusform>
            <numerusform>Stopped: %n files did not come in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message numerus="yes">
        <source>Add %n question(s)</source>
        <translation>
            <numerusform>Add %n question</numerusform>
            <numerusform>Add %n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n odd place(s)</source>
        <translation>
            <numerusform>%n odd place</numerusform>
            <numerusform>%n odd places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message numerus="yes">
        <source>%n transcript(s) imported</source>
        <translation>
            <numerusform>%n transcript imported</numerusform>
            <numerusform>%n transcripts imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new question(s)</source>
        <translation>
            <numerusform>%n new question</numerusform>
            <numerusform>%n new questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation>
            <numerusform>%n turn</numerusform>
            <numerusform>%n turns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the bank already</source>
        <translation>
            <numerusform>%n in the bank already</numerusform>
            <numerusform>%n in the bank already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n may be known in other words</source>
        <translation>
            <numerusform>%n may be known in other words</numerusform>
            <numerusform>%n may be known in other words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new transcript(s)</source>
        <translation>
            <numerusform>%n new transcript</numerusform>
            <numerusform>%n new transcripts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new session(s)</source>
        <translation>
            <numerusform>%n new session</numerusform>
            <numerusform>%n new sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new answer(s) of yours</source>
        <translation>
            <numerusform>%n new answer of yours</numerusform>
            <numerusform>%n new answers of yours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) there already, left as they are</source>
        <translation>
            <numerusform>%n answer there already, left as they are</numerusform>
            <numerusform>%n answers there already, left as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) already there, nothing added</source>
        <translation>
            <numerusform>%n file already there, nothing added</numerusform>
            <numerusform>%n files already there, nothing added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more file(s) that cannot be read</source>
        <translation>
            <numerusform>… and %n more file that cannot be read</numerusform>
            <numerusform>… and %n more files that cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) looked odd</source>
        <translation>
            <numerusform>%n place looked odd</numerusform>
            <numerusform>%n places looked odd</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message numerus="yes">
        <source>%n answer(s) saved</source>
        <translation>
            <numerusform>%n answer saved</numerusform>
            <numerusform>%n answers saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) saved</source>
        <translation>
            <numerusform>%n question saved</numerusform>
            <numerusform>%n questions saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) in the file could not be read</source>
        <translation>
            <numerusform>%n place in the file could not be read</numerusform>
            <numerusform>%n places in the file could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PractiseDialog</name>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suspended question(s) left out.</source>
        <translation>
            <numerusform>%Ln suspended question left out.</numerusform>
            <numerusform>%Ln suspended questions left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message numerus="yes">
        <source>Show more recorded answers (%n)</source>
        <translation>
            <numerusform>Show more recorded answers (%n)</numerusform>
            <numerusform>Show more recorded answers (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded answer(s)</source>
        <translation>
            <numerusform>%n recorded answer</numerusform>
            <numerusform>%n recorded answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) without a word: “I don’t know yet”</source>
        <translation>
            <numerusform>%n time without a word: “I don’t know yet”</numerusform>
            <numerusform>%n times without a word: “I don’t know yet”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n answer(s)</source>
        <translation>
            <numerusform>Show all %n answer</numerusform>
            <numerusform>Show all %n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n time(s)</source>
        <translation>
            <numerusform>Show all %n time</numerusform>
            <numerusform>Show all %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionsPage</name>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) and more …</source>
        <translation>
            <numerusform>%Ln question and more …</numerusform>
            <numerusform>%Ln questions and more …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Safekeeping</name>
    <message numerus="yes">
        <source>%n backup(s), the newest of {0}.</source>
        <translation>
            <numerusform>%n backup, the newest of {0}.</numerusform>
            <numerusform>%n backups, the newest of {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message numerus="yes">
        <source>%Ln question(s) chosen</source>
        <translation>
            <numerusform>%Ln question chosen</numerusform>
            <numerusform>%Ln questions chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message numerus="yes">
        <source>%Ln more interview(s), by role</source>
        <translation>
            <numerusform>%Ln more interview, by role</numerusform>
            <numerusform>%Ln more interviews, by role</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After it: interview in %Ln day(s)</source>
        <translation>
            <numerusform>After it: interview in %Ln day</numerusform>
            <numerusform>After it: interview in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more can wait for other days</source>
        <translation>
            <numerusform>%Ln more can wait for other days</numerusform>
            <numerusform>%Ln more can wait for other days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s)</source>
        <translation>
            <numerusform>about %Ln minute</numerusform>
            <numerusform>about %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Interview in %Ln day(s)</source>
        <translation>
            <numerusform>Interview in %Ln day</numerusform>
            <numerusform>Interview in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptsPage</name>
    <message numerus="yes">
        <source>%n transcript(s)</source>
        <translation>
            <numerusform>%n transcript</numerusform>
            <numerusform>%n transcripts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashPage</name>
    <message numerus="yes">
        <source>%n thing(s)</source>
        <translation>
            <numerusform>%n thing</numerusform>
            <numerusform>%n things</numerusform>
        </translation>
    </message>
</context>
</TS>