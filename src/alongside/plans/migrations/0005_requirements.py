import alongside.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_participants_come_in'),
        ('accounts', '__first__'),
        ('files', '0001_initial'),
        ('people', '0004_participants_come_in'),
        ('plans', '0004_plan_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('official', models.TextField(blank=True)),
                ('set_by', models.CharField(choices=[('court', 'Court'), ('case_plan', 'Case plan'), ('class', 'Class'), ('probation', 'Probation'), ('ccs', 'Ccs'), ('treatment', 'Treatment'), ('benefits', 'Benefits'), ('other', 'Other')], max_length=20)),
                ('set_by_name', models.CharField(blank=True, max_length=200)),
                ('rhythm', models.CharField(choices=[('once', 'Once'), ('week', 'Week'), ('month', 'Month')], default='once', max_length=10)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('how_many', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('what_counts', models.TextField(blank=True)),
                ('ask_words', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('ahead', 'Ahead'), ('under-way', 'Under way'), ('handed-in', 'Handed in'), ('accepted', 'Accepted'), ('not-asked', 'Not asked')], default='ahead', max_length=12)),
                ('theirs', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='people.participant')),
            ],
            options={
                'indexes': [models.Index(fields=['participant', 'due_on', 'id'], name='requirement_by_participant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='requirement_has_words'), models.CheckConstraint(condition=models.Q(('how_many', None), ('how_many__gte', 1), _connector='OR'), name='requirement_is_asked_at_least_once')],
            },
        ),
        migrations.CreateModel(
            name='RequirementChange',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('begun', 'Begun'), ('corrected', 'Corrected'), ('moved', 'Moved'), ('evidence', 'Evidence'), ('evidence-back', 'Evidence back'), ('taken-back', 'Taken back'), ('put-back', 'Put back')], max_length=15)),
                ('text', models.JSONField(blank=True, default=dict)),
                ('now_state', models.CharField(blank=True, choices=[('ahead', 'Ahead'), ('under-way', 'Under way'), ('handed-in', 'Handed in'), ('accepted', 'Accepted'), ('not-asked', 'Not asked')], max_length=12)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='plans.requirement')),
            ],
            options={
                'indexes': [models.Index(fields=['requirement', '-id'], name='requirement_change')],
            },
        ),
        migrations.CreateModel(
            name='RequirementEvidence',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True)),
                ('encounter_id', models.UUIDField(blank=True, null=True)),
                ('on', models.DateField()),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('theirs', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.requirement')),
            ],
            options={
                'indexes': [models.Index(fields=['requirement', '-on', '-id'], name='requirement_evidence_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), ('file__isnull', False), ('encounter_id__isnull', False), _connector='OR'), name='requirement_evidence_shows_something'), models.UniqueConstraint(condition=models.Q(('encounter_id__isnull', False), ('voided_at', None)), fields=('requirement', 'encounter_id'), name='requirement_takes_a_meeting_once')],
            },
        ),
        migrations.CreateModel(
            name='RequirementPerson',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.careteammember')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='plans.requirement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('requirement', 'member'), name='requirement_names_each_person_once')],
            },
        ),
        migrations.CreateModel(
            name='RequirementQuestion',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='plans.requirement')),
            ],
            options={
                'indexes': [models.Index(fields=['requirement', '-id'], name='requirement_question')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='requirement_question_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='requirement_answer_has_words_and_moment')],
            },
        ),
    ]
