"""Checks of an installed meridian on a cluster, for ReFrame 4:
    reframe -C SITE.py -c packaging/reframe/meridian.py -S modules=meridian -r
The installation works; and any number of ranks, started by the site's launcher, gives the digest of one rank."""
import os

import reframe as rfm
import reframe.utility.sanity as sn


class MeridianCheck(rfm.RunOnlyRegressionTest):
    valid_systems = ['*']
    valid_prog_environs = ['*']
    sourcesdir = None
    executable = 'meridian'
    num_tasks = 1
    num_cpus_per_task = 1
    time_limit = '20m'
    env_vars = {'OMP_NUM_THREADS': '1'}


@rfm.simple_test
class MeridianSelftest(MeridianCheck):
    descr = 'the installed program computes what it should'
    executable_opts = ['selftest']

    @sanity_function
    def works(self):
        return sn.assert_found(r'^this installation works$', self.stdout)


class MeridianReplicate(MeridianCheck):
    """A synthetic study of `scale` times the size of the MFQ-2 study, from raw answers to tables."""
    scale = variable(float, value=4)

    def replicate(self, data):
        return ['replicate', '--config', 'jobs/mfq2-rq1.ini', '--data', data, '--out', 'run', '--set', 'similarity.block=64']

    @performance_function('s')
    def seconds(self):
        return sn.extractsingle(r'"seconds": ([0-9.e+-]+)', 'run/run.json', 1, float)


class MeridianAlone(MeridianReplicate):
    @run_before('run')
    def prepare(self):
        self.prerun_cmds = [f'meridian simulate --surveys mfq2 --scale {self.scale} --out study']
        self.executable_opts = self.replicate('study')

    @sanity_function
    def finished(self):
        return sn.assert_found(r'^[0-9a-f]{64}$', 'run/digest.txt')


@rfm.simple_test
class MeridianRanks(MeridianReplicate):
    descr = 'ranks give the digest of one rank'
    ranks = parameter([2, 4, 16])
    alone = fixture(MeridianAlone, scope='environment')

    @run_after('init')
    def set_ranks(self):
        self.num_tasks = self.ranks

    @run_before('run')
    def prepare(self):
        self.executable_opts = self.replicate(os.path.join(self.alone.stagedir, 'study'))

    @sanity_function
    def same_digest(self):
        def digest(run):
            return sn.extractsingle(r'[0-9a-f]{64}', os.path.join(run, 'digest.txt'))

        return sn.all([sn.assert_eq(digest('run'), digest(os.path.join(self.alone.stagedir, 'run'))),
                       sn.assert_found(rf'"ranks": {self.ranks}\b', 'run/run.json')])
