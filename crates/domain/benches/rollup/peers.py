#!/usr/bin/env python3
"""Roll-up benchmark of peers: a synthetic national indicator data set.

Pinned:  duckdb==2.0.0  polars==2.1.0  numpy==2.4.6  pyarrow==26.0.1
         psycopg2-binary==2.9.13  PostgreSQL 15.18 (initdb, postgres on PATH)
         SQLite 3.40.1 (the one linked into Python 3.11)
         pip install duckdb==2.0.0 polars==2.1.0 numpy==2.4.6 pyarrow==26.0.1 psycopg2-binary==2.9.13

Data     3,321 communes x 300 indicators x 24 half-years = 23,911,200 cells.
         Each cell: reported (98% yes), actual, plan; integers (scaled decimals).
         Tree: commune -> 700 districts -> 63 provinces -> nation.
Queries  sheet     one half-year, for every district, every province and the nation, by
                   indicator: sum actual, sum plan, sum of the same half of last year,
                   % of plan and % of same period (two decimals, half up, exact
                   integers), number of communes reporting  -> 229,200 rows
         series    the nation, all 24 half-years, all indicators: 7,200 rows
         district  one district, one half-year, 300 indicators (an opened report page)
         correct   one late correction, durable, then the three ancestor totals again,
                   (a) recomputed by a query, (b) "maintained": kept in a roll-up table that
                   the same transaction updates (last four half-years only)
Every engine runs in a child process and must return the same checksums. The columns of this
repository join the run with docs/bench.md; they check the same checksums.

    python peers.py                       # all engines
    python peers.py --engines duckdb,numpy_dense --scale 0.1
    python peers.py --pg-user nobody      # when started as root
"""
from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np

C, I, P = 3321, 300, 24
N_DISTRICT, N_PROVINCE = 700, 63
ENGINES = ("numpy_dense", "duckdb", "polars_memory", "polars_parquet", "postgres", "sqlite")
now = time.perf_counter


# ------------------------------------------------------------------ data
class Data:
    def __init__(self, scale: float):
        self.c = max(N_DISTRICT, int(C * scale)) if scale < 1 else C
        self.district = (np.arange(self.c) * N_DISTRICT // self.c).astype(np.int16)
        self.province_of = (np.arange(N_DISTRICT) * N_PROVINCE // N_DISTRICT).astype(np.int16)
        self.rows = self.c * I

    def period(self, p: int):
        """(reported, actual, plan) of one half-year, ordered by commune, indicator."""
        rng = np.random.default_rng(1000 + p)
        plan = rng.integers(1, 10**8, self.rows, dtype=np.int64)
        actual = plan * rng.integers(60, 131, self.rows, dtype=np.int64) // 100
        reported = (rng.random(self.rows) < 0.98).astype(np.int16)
        return reported, actual * reported, plan

    def keys(self):
        return (np.repeat(np.arange(self.c, dtype=np.int16), I),
                np.tile(np.arange(I, dtype=np.int16), self.c))


def picks(d: Data, n: int):
    rng = np.random.default_rng(7)
    return [(int(rng.integers(2, P)), int(rng.integers(0, N_DISTRICT)), int(rng.integers(0, d.c)),
             int(rng.integers(0, I)), int(rng.integers(1, 10**8))) for _ in range(n)]


SHEET_SQL = """
with d as {mat} (
  select c.district as g, v.ind as ind,
         sum(case when v.period = {p} then v.actual else 0 end) as a,
         sum(case when v.period = {p} then v.plan else 0 end) as pl,
         sum(case when v.period = {q} then v.actual else 0 end) as pr,
         sum(case when v.period = {p} then v.reported else 0 end) as n
  from v join commune c on c.id = v.commune
  where v.period in ({p}, {q}) group by c.district, v.ind),
pv as {mat} (
  select t.province as g, d.ind as ind, sum(d.a) as a, sum(d.pl) as pl, sum(d.pr) as pr, sum(d.n) as n
  from d join district t on t.id = d.g group by t.province, d.ind),
u as (
  select 1 as lvl, g, ind, a, pl, pr, n from d
  union all select 2, g, ind, a, pl, pr, n from pv
  union all select 3, 0, ind, sum(a), sum(pl), sum(pr), sum(n) from pv group by ind)
select lvl, g, ind, {i}(a) as a, {i}(pl) as pl, {i}(pr) as pr, {i}(n) as n,
       {div1} as pct_plan, {div2} as pct_prev from u"""
SERIES_SQL = """select period, ind, sum(actual) as a, sum(plan) as pl, sum(reported) as n
                from v group by period, ind"""
DISTRICT_SQL = """select v.ind,
         sum(case when v.period = {p} then v.actual else 0 end),
         sum(case when v.period = {p} then v.plan else 0 end),
         sum(case when v.period = {q} then v.actual else 0 end)
  from v join commune c on c.id = v.commune
  where v.period in ({p}, {q}) and c.district = {g} group by v.ind order by v.ind"""
ANCESTOR_SQL = """select sum(case when c.district = {g} then v.actual else 0 end),
         sum(case when t.province = {pv} then v.actual else 0 end), sum(v.actual)
  from v join commune c on c.id = v.commune join district t on t.id = c.district
  where v.period = {p} and v.ind = {k}"""


def sheet_sql(p: int, kind: str) -> str:
    cast = {"duckdb": "cast_i", "postgres": "cast_i", "sqlite": ""}[kind]
    def div(top, bottom):
        if kind == "duckdb":
            return f"case when {bottom} > 0 then (20000 * {top}::bigint + {bottom}::bigint) // (2 * {bottom}::bigint) end"
        if kind == "postgres":
            return f"case when {bottom} > 0 then (20000 * ({top})::bigint + ({bottom})::bigint) / (2 * ({bottom})::bigint) end"
        return f"case when {bottom} > 0 then (20000 * {top} + {bottom}) / (2 * {bottom}) end"
    sql = SHEET_SQL.format(mat="materialized", p=p, q=p - 2, i=cast, div1=div("a", "pl"), div2=div("a", "pr"))
    for col in ("a", "pl", "pr", "n"):
        sql = sql.replace(f"cast_i({col})", f"cast({col} as bigint)")
    return sql


CHECK = "select count(*), sum(a), sum(pl), sum(pr), sum(n), sum(pct_plan), sum(pct_prev) from res"
CHECK2 = "select count(*), sum(a), sum(pl), sum(n) from res2"


CPU = []


def best3(f):
    """Times of up to three runs; CPU keeps the processor time of this process, all threads, for the same runs."""
    ts, cpu = [], []
    while len(ts) < 3 and sum(ts) < 40:
        t, c = now(), time.process_time()
        f()
        cpu.append(time.process_time() - c)
        ts.append(now() - t)
    CPU.append(cpu)
    return ts


def stats(ts):
    ts = sorted(ts)
    return {"p50_ms": 1000 * statistics.median(ts), "p99_ms": 1000 * ts[min(len(ts) - 1, int(len(ts) * .99))]}


# ------------------------------------------------------------------ engines
def numpy_dense(d: Data, a):
    """The floor: dense arrays in key order, contiguous children, segment sums."""
    t = now()
    act = np.empty((P, d.c, I), np.int64)
    plan = np.empty_like(act)
    rep = np.empty((P, d.c, I), np.int16)
    for p in range(P):
        r, x, y = d.period(p)
        rep[p], act[p], plan[p] = (v.reshape(d.c, I) for v in (r, x, y))
    load = now() - t
    cut_d = np.searchsorted(d.district, np.arange(N_DISTRICT))
    cut_p = np.searchsorted(d.province_of, np.arange(N_PROVINCE))
    res = {}

    def up(m):
        x = np.add.reduceat(m, cut_d, axis=0)
        y = np.add.reduceat(x, cut_p, axis=0)
        return np.concatenate([x, y, y.sum(axis=0, keepdims=True)])

    def sheet():
        A, PL, PR = up(act[P - 1]), up(plan[P - 1]), up(act[P - 3])
        N = up(rep[P - 1].astype(np.int64))
        ok = PR > 0
        res["s"] = (A, PL, PR, N, (20000 * A + PL) // (2 * PL),
                    np.where(ok, (20000 * A + PR) // np.maximum(2 * PR, 1), 0))

    def series():
        res["t"] = (act.sum(axis=1), plan.sum(axis=1), rep.sum(axis=1, dtype=np.int64))

    out = {"load_s": load, "sheet_s": best3(sheet), "series_s": best3(series)}
    s, t3 = res["s"], res["t"]
    out["check"] = [int(s[0].size)] + [int(x.sum()) for x in s]
    out["check2"] = [int(t3[0].size)] + [int(x.sum()) for x in t3]
    ts = []
    for p, g, *_ in picks(d, 200):
        t = now()
        lo, hi = cut_d[g], cut_d[g + 1] if g + 1 < N_DISTRICT else d.c
        act[p, lo:hi].sum(axis=0), plan[p, lo:hi].sum(axis=0), act[p - 2, lo:hi].sum(axis=0)
        ts.append(now() - t)
    out["district"] = stats(ts)
    roll = [up(act[p]) for p in range(P)]
    ts = []
    for p, _, c, k, v in picks(d, 50):          # maintained totals; no durability here
        t = now()
        delta = v - act[p, c, k]
        act[p, c, k] = v
        g = int(d.district[c])
        for row in (g, N_DISTRICT + int(d.province_of[g]), N_DISTRICT + N_PROVINCE):
            roll[p][row, k] += delta
        ts.append(now() - t)
    out["correct"] = stats(ts)
    return out


def duckdb_(d: Data, a):
    import duckdb
    import pyarrow as pa
    path = os.path.join(a.workdir, "v.duckdb")
    con = duckdb.connect(path)
    con.execute("set threads = 2")
    t = now()
    con.execute("create table commune(id smallint, district smallint)")
    con.execute("create table district(id smallint, province smallint)")
    con.execute("create table v(period smallint, commune smallint, ind smallint, reported smallint, actual bigint, plan bigint)")
    x = pa.table({"id": np.arange(d.c, dtype=np.int16), "district": d.district})
    y = pa.table({"id": np.arange(N_DISTRICT, dtype=np.int16), "province": d.province_of})
    con.execute("insert into commune select * from x")
    con.execute("insert into district select * from y")
    kc, ki = d.keys()
    for p in range(P):
        r, ac, pl = d.period(p)
        z = pa.table({"period": np.full(d.rows, p, np.int16), "commune": kc, "ind": ki,
                      "reported": r, "actual": ac, "plan": pl})
        con.execute("insert into v select * from z")
    con.execute("checkpoint")
    out = {"load_s": now() - t, "disk_mb": os.path.getsize(path) / 2**20}
    out["sheet_s"] = best3(lambda: con.execute("create or replace temp table res as " + sheet_sql(P - 1, "duckdb")))
    out["series_s"] = best3(lambda: con.execute("create or replace temp table res2 as " + SERIES_SQL))
    out["check"] = [int(x) for x in con.execute(CHECK).fetchone()]
    out["check2"] = [int(x) for x in con.execute(CHECK2).fetchone()]
    return interactive(d, out, lambda s: con.execute(s).fetchall(), con.execute, "duckdb")


ROLL_DDL = """create table roll(period integer, lvl integer, g integer, ind integer, a bigint, pl bigint, n bigint,
              primary key (period, lvl, g, ind))"""
ROLL_FILL = (
    """insert into roll select period, 1, c.district, ind, sum(actual), sum(plan), sum(reported)
       from v join commune c on c.id = v.commune where period >= 20 group by period, c.district, ind""",
    """insert into roll select period, 2, t.province, ind, sum(a), sum(pl), sum(n)
       from roll join district t on t.id = roll.g where lvl = 1 group by period, t.province, ind""",
    """insert into roll select period, 3, 0, ind, sum(a), sum(pl), sum(n)
       from roll where lvl = 2 group by period, ind""")
UPDATE_SQL = "update v set actual = {v} where period = {p} and commune = {c} and ind = {k}"


def interactive(d, out, query, execute, engine):
    ts = []
    for p, g, *_ in picks(d, 200):
        t = now()
        rows = query(DISTRICT_SQL.format(p=p, q=p - 2, g=g))
        ts.append(now() - t)
        assert len(rows) == I
    out["district"] = stats(ts)
    ts, te = [], []
    for p, _, c, k, v in picks(d, 50):
        g = int(d.district[c])
        t = now()
        execute(UPDATE_SQL.format(v=v, p=p, c=c, k=k))      # autocommit, durable
        te.append(now() - t)
        query(ANCESTOR_SQL.format(g=g, pv=int(d.province_of[g]), p=p, k=k))
        ts.append(now() - t)
    out["correct"], out["write_only"] = stats(ts), stats(te)
    t = now()
    execute(ROLL_DDL + (" without rowid" if engine == "sqlite" else ""))
    for sql in ROLL_FILL:
        execute(sql)
    out["rollup_table_s"] = now() - t
    ts = []
    for p, _, c, k, v in picks(d, 50):
        p, g = 20 + p % 4, int(d.district[c])
        t = now()
        execute("begin")
        old = query(f"select actual from v where period = {p} and commune = {c} and ind = {k}")[0][0]
        execute(UPDATE_SQL.format(v=v, p=p, c=c, k=k))
        for lvl, x in ((1, g), (2, int(d.province_of[g])), (3, 0)):
            execute(f"update roll set a = a + {v - old} where period = {p} and lvl = {lvl} and g = {x} and ind = {k}")
        execute("commit")
        got = [query(f"select a from roll where period = {p} and lvl = {lvl} and g = {x} and ind = {k}")[0][0]
               for lvl, x in ((1, g), (2, int(d.province_of[g])), (3, 0))]
        ts.append(now() - t)
    want = query(ANCESTOR_SQL.format(g=g, pv=int(d.province_of[g]), p=p, k=k))[0]
    out["correct_maintained"] = dict(stats(ts), agrees=[int(x) for x in got] == [int(x) for x in want])
    return out


def polars_frames(d: Data):
    import polars as pl
    kc, ki = d.keys()
    parts = []
    for p in range(P):
        r, ac, plan = d.period(p)
        parts.append(pl.DataFrame({"period": np.full(d.rows, p, np.int16), "commune": kc, "ind": ki,
                                   "reported": r, "actual": ac, "plan": plan}))
    return pl.concat(parts, rechunk=True)


def polars_(d: Data, a, parquet: bool):
    import polars as pl
    t = now()
    df = polars_frames(d)
    commune = pl.DataFrame({"commune": np.arange(d.c, dtype=np.int16), "district": d.district}).lazy()
    district = pl.DataFrame({"district": np.arange(N_DISTRICT, dtype=np.int16), "province": d.province_of}).lazy()
    out = {}
    if parquet:
        path = os.path.join(a.workdir, "v.parquet")
        df.write_parquet(path, row_group_size=d.rows)
        out["disk_mb"] = os.path.getsize(path) / 2**20
        del df
        v = pl.scan_parquet(path)
    else:
        v = df.lazy()
    out["load_s"] = now() - t
    res = {}
    c = pl.col

    def level(lf, lvl, key):
        pct = lambda b: pl.when(c(b) > 0).then((20000 * c("a") + c(b)) // (2 * c(b)))
        return lf.select(pl.lit(lvl, pl.Int8).alias("lvl"), c(key).cast(pl.Int16).alias("g"), c("ind"), c("a"), c("pl"),
                         c("pr"), c("n"), pct("pl").alias("pct_plan"), pct("pr").alias("pct_prev"))

    def sheet():
        p, q = P - 1, P - 3
        k = c("period") == p
        dd = (v.filter(c("period").is_in([p, q])).join(commune, on="commune")
              .group_by("district", "ind").agg(
                  c("actual").filter(k).sum().alias("a"), c("plan").filter(k).sum().alias("pl"),
                  c("actual").filter(~k).sum().alias("pr"), c("reported").filter(k).cast(pl.Int64).sum().alias("n"))).collect()
        sums = [c(x).sum() for x in ("a", "pl", "pr", "n")]
        pv = dd.lazy().join(district, on="district").group_by("province", "ind").agg(sums).collect()
        na = pv.lazy().group_by("ind").agg(sums).with_columns(pl.lit(0).alias("z")).collect()
        res["s"] = pl.concat([level(dd.lazy(), 1, "district"), level(pv.lazy(), 2, "province"),
                              level(na.lazy(), 3, "z")]).collect()

    def series():
        res["t"] = v.group_by("period", "ind").agg(c("actual").sum().alias("a"), c("plan").sum().alias("pl"),
                                                   c("reported").cast(pl.Int64).sum().alias("n")).collect()

    out.update(sheet_s=best3(sheet), series_s=best3(series))
    s, t3 = res["s"], res["t"]
    out["check"] = [s.height] + [int(s[x].sum()) for x in ("a", "pl", "pr", "n", "pct_plan", "pct_prev")]
    out["check2"] = [t3.height] + [int(t3[x].sum()) for x in ("a", "pl", "n")]
    ts = []
    for p, g, *_ in picks(d, 30):
        t = now()
        ids = np.flatnonzero(d.district == g)
        k = c("period") == p
        r = (v.filter(c("period").is_in([p, p - 2]) & c("commune").is_between(int(ids[0]), int(ids[-1])))
             .group_by("ind").agg(c("actual").filter(k).sum(), c("plan").filter(k).sum(),
                                  c("actual").filter(~k).sum().alias("pr")).sort("ind").collect())
        ts.append(now() - t)
        assert r.height == I
    out["district"] = stats(ts)
    return out


def postgres_(d: Data, a):
    import psycopg2
    pg = os.path.join(a.workdir, "pg")
    os.mkdir(pg)
    user = a.pg_user if os.geteuid() == 0 else None
    if user:
        shutil.chown(pg, user)
    run = dict(user=user) if user else {}
    env = dict(os.environ, LC_ALL="C.UTF-8", HOME=pg)
    subprocess.run(["initdb", "-D", os.path.join(pg, "d"), "-U", "bench", "-A", "trust", "--no-locale", "-E", "UTF8"],
                   check=True, stdout=subprocess.DEVNULL, cwd=pg, env=env, **run)
    settings = {"listen_addresses": "", "unix_socket_directories": pg, "shared_buffers": "2GB", "work_mem": "256MB",
                "maintenance_work_mem": "1GB", "max_parallel_workers_per_gather": 2, "max_parallel_workers": 2,
                "max_parallel_maintenance_workers": 2, "wal_level": "minimal", "max_wal_senders": 0, "max_wal_size": "8GB",
                "jit": "off", "effective_cache_size": "8GB", "random_page_cost": 1.1}
    cmd = ["postgres", "-D", os.path.join(pg, "d")] + [x for k, v in settings.items() for x in ("-c", f"{k}={v}")]
    fast_stop_with_parent = lambda: ctypes.CDLL(None).prctl(1, signal.SIGINT)   # PR_SET_PDEATHSIG
    srv = subprocess.Popen(cmd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=pg, env=env,
                           preexec_fn=fast_stop_with_parent, **run)
    peak = [0]
    stop = threading.Event()

    def sample():
        while not stop.wait(0.25):
            try:
                kids = subprocess.run(["ps", "-o", "pid=", "--ppid", str(srv.pid)], capture_output=True, text=True).stdout.split()
                total = 0
                for pid in [str(srv.pid)] + kids:
                    for line in open(f"/proc/{pid}/smaps_rollup"):
                        if line.startswith("Pss:"):
                            total += int(line.split()[1])
                peak[0] = max(peak[0], total)
            except OSError:
                pass

    threading.Thread(target=sample, daemon=True).start()
    try:
        for _ in range(100):
            try:
                con = psycopg2.connect(host=pg, user="bench", dbname="postgres")
                break
            except psycopg2.OperationalError:
                time.sleep(0.1)
        cur = con.cursor()
        t = now()
        cur.execute("create table commune(id smallint primary key, district smallint)")
        cur.execute("create table district(id smallint primary key, province smallint)")
        cur.execute("create table v(period smallint, commune smallint, ind smallint, reported smallint, actual bigint, plan bigint)")
        cur.executemany("insert into commune values(%s,%s)", [(i, int(x)) for i, x in enumerate(d.district)])
        cur.executemany("insert into district values(%s,%s)", [(i, int(x)) for i, x in enumerate(d.province_of)])
        names = [("period", ">i2"), ("commune", ">i2"), ("ind", ">i2"), ("reported", ">i2"), ("actual", ">i8"), ("plan", ">i8")]
        dt = np.dtype([("nf", ">i2")] + [y for n, ty in names for y in ((f"l_{n}", ">i4"), (n, ty))])
        kc, ki = d.keys()
        buf = np.zeros(d.rows, dt)
        buf["nf"] = 6
        for n, ty in names:
            buf[f"l_{n}"] = int(ty[-1])
        buf["commune"], buf["ind"] = kc, ki

        class Stream:
            def __init__(self):
                self.g, self.left = self.parts(), memoryview(b"")

            def parts(self):
                yield b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
                for p in range(P):
                    buf["period"] = p
                    buf["reported"], buf["actual"], buf["plan"] = d.period(p)
                    yield buf.view(np.uint8).data
                yield b"\xff\xff"

            def read(self, n=-1):
                if not len(self.left):
                    self.left = memoryview(next(self.g, b"")).cast("B")
                x, self.left = bytes(self.left[:n]), self.left[n:]
                return x

        cur.copy_expert("copy v from stdin (format binary)", Stream(), size=1 << 20)
        con.commit()
        copy_s = now() - t
        cur.execute("alter table v add primary key (period, commune, ind)")
        con.commit()
        con.autocommit = True
        cur.execute("vacuum (freeze, analyze)")
        out = {"load_s": now() - t, "copy_s": copy_s}
        cur.execute("select pg_total_relation_size('v')")
        out["disk_mb"] = cur.fetchone()[0] / 2**20

        def make(name, sql):
            cur.execute(f"drop table if exists {name}")
            cur.execute(f"create temp table {name} as {sql}")

        out["sheet_s"] = best3(lambda: make("res", sheet_sql(P - 1, "postgres")))
        out["series_s"] = best3(lambda: make("res2", SERIES_SQL))
        cur.execute(CHECK)
        out["check"] = [int(x) for x in cur.fetchone()]
        cur.execute(CHECK2)
        out["check2"] = [int(x) for x in cur.fetchone()]

        def query(sql):
            cur.execute(sql)
            return cur.fetchall()

        interactive(d, out, query, cur.execute, "postgres")
        stop.set()
        out["server_peak_pss_mb"] = peak[0] / 1024
        con.close()
        return out
    finally:
        stop.set()
        srv.send_signal(signal.SIGINT)      # fast shutdown
        srv.wait(60)


def sqlite_(d: Data, a):
    import sqlite3
    path = os.path.join(a.workdir, "v.sqlite")
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("pragma journal_mode = off")
    con.execute("pragma synchronous = off")
    con.execute("pragma cache_size = -1000000")
    con.execute("pragma mmap_size = 4000000000")
    con.execute("pragma temp_store = memory")
    t = now()
    con.execute("create table commune(id integer primary key, district integer)")
    con.execute("create index cd on commune(district)")
    con.execute("create table district(id integer primary key, province integer)")
    con.execute("create table v(period integer, commune integer, ind integer, reported integer, actual integer, plan integer, "
                "primary key (period, commune, ind)) without rowid")
    con.executemany("insert into commune values(?,?)", [(i, int(x)) for i, x in enumerate(d.district)])
    con.executemany("insert into district values(?,?)", [(i, int(x)) for i, x in enumerate(d.province_of)])
    kc, ki = (k.tolist() for k in d.keys())
    for p in range(P):
        r, ac, pl = d.period(p)
        con.execute("begin")
        con.executemany("insert into v values(?,?,?,?,?,?)", zip([p] * d.rows, kc, ki, r.tolist(), ac.tolist(), pl.tolist()))
        con.execute("commit")
    con.execute("pragma journal_mode = wal")
    con.execute("pragma synchronous = full")
    con.execute("analyze")
    out = {"load_s": now() - t, "disk_mb": os.path.getsize(path) / 2**20}

    def make(name, sql):
        con.execute(f"drop table if exists {name}")
        con.execute(f"create temp table {name} as {sql}")

    out["sheet_s"] = best3(lambda: make("res", sheet_sql(P - 1, "sqlite")))
    out["series_s"] = best3(lambda: make("res2", SERIES_SQL))
    out["check"] = list(con.execute(CHECK).fetchone())
    out["check2"] = list(con.execute(CHECK2).fetchone())
    return interactive(d, out, lambda s: con.execute(s).fetchall(), con.execute, "sqlite")


# ------------------------------------------------------------------ runner
def child(a) -> None:
    d = Data(a.scale)
    f = {"numpy_dense": numpy_dense, "duckdb": duckdb_, "postgres": postgres_, "sqlite": sqlite_,
         "polars_memory": lambda d, a: polars_(d, a, False), "polars_parquet": lambda d, a: polars_(d, a, True)}[a.child]
    out = f(d, a)
    out["loadavg"] = os.getloadavg()[0]
    out["sheet_cpu_s"], out["series_cpu_s"] = CPU       # of a server's client: the client's own, not the server's
    out["process_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(out))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--engines", default=",".join(ENGINES))
    ap.add_argument("--scale", type=float, default=1.0, help="fraction of the communes (>= 700 communes)")
    ap.add_argument("--timeout", type=int, default=290, help="seconds for one engine, load included")
    ap.add_argument("--pg-user", default="nobody", help="account for initdb/postgres when run as root")
    ap.add_argument("--tmp", help="where the work folders go (default: the system's)")
    ap.add_argument("--json")
    ap.add_argument("--child", help=argparse.SUPPRESS)
    ap.add_argument("--workdir", help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.child:
        return child(a)
    results = {}
    for e in a.engines.split(","):
        work = tempfile.mkdtemp(prefix="rollup_", dir=a.tmp)
        os.chmod(work, 0o755)
        try:
            r = subprocess.run([sys.executable, os.path.abspath(__file__), "--child", e, "--workdir", work, "--scale", str(a.scale),
                                "--pg-user", a.pg_user], capture_output=True, text=True, timeout=a.timeout)
            results[e] = json.loads(r.stdout) if r.returncode == 0 else {"error": r.stderr[-800:]}
        except subprocess.TimeoutExpired:
            results[e] = {"error": f"over {a.timeout} s"}
        finally:
            shutil.rmtree(work, ignore_errors=True)
        print(json.dumps({e: results[e]}), flush=True)
    ok = {e: r for e, r in results.items() if "error" not in r}
    if ok:
        agree = len({json.dumps([r["check"], r["check2"]]) for r in ok.values()}) == 1
        print(f"\nchecksums agree: {agree}")
        floor = next(iter(ok.values())) if "numpy_dense" not in ok else ok["numpy_dense"]
        print(f"{'engine':15} {'load s':>8} {'sheet ms':>10} {'x':>7} {'series ms':>10} {'x':>7} "
              f"{'district ms':>12} {'correct ms':>11} {'maint. ms':>10} {'disk MB':>8} {'RSS MB':>8}")
        for e, r in ok.items():
            s, t = min(r["sheet_s"]) * 1000, min(r["series_s"]) * 1000
            print(f"{e:15} {r['load_s']:8.1f} {s:10.1f} {s / (min(floor['sheet_s']) * 1000):7.1f} {t:10.1f} "
                  f"{t / (min(floor['series_s']) * 1000):7.1f} {r['district']['p50_ms']:12.3f} "
                  f"{r.get('correct', {}).get('p50_ms', float('nan')):11.3f} "
                  f"{r.get('correct_maintained', {}).get('p50_ms', float('nan')):10.3f} {r.get('disk_mb', 0):8.0f} "
                  f"{r.get('server_peak_pss_mb', r['process_peak_mb']):8.0f}")
    if a.json:
        with open(a.json, "w") as f:
            json.dump(results, f, indent=1)


if __name__ == "__main__":
    main()
