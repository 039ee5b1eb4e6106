"""The power fails and the log ends anywhere: what is there is what was committed before that place."""

from judging import judge

_HEADER = 32
_FRAME = 24 + 4096


def test_a_log_that_is_cut_anywhere(tally, played, new_folder):
    scenario = "cut log"
    chance = tally.random(scenario)
    frame_ends = range(_HEADER + _FRAME, len(played.log) + 1, _FRAME)
    cuts = [(cut, "") for cut in (0, 1, _HEADER - 1, _HEADER)]
    cuts += [(cut, "") for cut in tally.some("frame ends", frame_ends, short=60)]
    cuts += [(cut, "garbage") for cut in tally.some("frame ends with a tail", frame_ends, short=30)]
    for n in range(200 if tally.full else 40):
        cuts.append((chance.randrange(len(played.log)), ("", "garbage", "zeros")[n % 3]))
    for n, (cut, tail) in enumerate(cuts):
        folder = new_folder()
        tails = {"": b"", "garbage": chance.randbytes(5000), "zeros": bytes(5000)}
        (folder / "coach.sqlite3").write_bytes(played.database)
        log = played.log[:cut] + tails[tail]
        (folder / "coach.sqlite3-wal").write_bytes(log)
        # Not by the place of the cut alone: zeros may be just what was cut off.
        whole = [state for state in played.states if log[: state.log_ends] == played.log[: state.log_ends]]
        tally.count("cut logs")
        judge(
            tally,
            folder,
            whole[-1:] or played.states[:1],
            f"seed {tally.seed}, {scenario} {n}, at byte {cut}, tail: {tail or 'none'}",
        )
